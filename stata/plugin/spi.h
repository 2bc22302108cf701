// Stata's plugin interface, version 3.0, as a table of addresses that Stata hands to
// pginit(). Written from the facts in docs/spi.md: the order, the types and the offsets
// are the interface; the names are ours. Variables and observations count from 1, in this
// order: (variable, observation).
#pragma once

#include <cstddef>

namespace stata_pydata::spi {

using Address = void (*)();  // an entry that this project doesn't call

struct Table {
  int (*display)(char* smcl);  // obeys quietly
  Address display_plain, flush, set_output_level, get_input;
  int (*poll)();  // lets Stata see to its events, Break among them
  Address poll_now;
  Address safe_format_s, safe_format_l, get_token;
  int (*macro_save)(char* name, char* value);  // a local x is named _x
  int (*macro_use)(char* name, char* buffer, int bytes);
  Address scalar_use, scalar_save_old;
  Address matrix_store, matrix_load, matrix_info, matrix_element;
  int max_matrix;
  Address data_old, data_old_safe;
  int (*observations)();
  int (*dataset_variables)();  // of the data in memory
  double missing;              // the value of `.`
  Address is_missing, find_variable, is_string, abbreviate;
  int* stop_flag;  // non-zero once Break was pressed
  Address round, sqrt, pow, log, exp, random;
  int (*store)(int variable, int observation, double value);  // indices aren't checked
  Address store_safe;
  int (*store_string)(int variable, int observation, char* text);  // str# only
  Address selected;
  Address first_observation, last_observation;
  int (*call_variables)();   // of the varlist of the call
  int (*error)(char* smcl);  // printed even under quietly
  Address matrix_get_safe, matrix_set_safe, matrix_get, matrix_set;
  Address get_safe, get;
  Address columns_of, rows_of;
  Address scalar_save;
  Address get_string;
  short major, minor;  // from here on: 3.0 only
  Address is_strl, is_binary, string_bytes, get_strl;
};

static_assert(sizeof(void*) == 8 && sizeof(int) == 4, "the interface is that of 64 bits");
static_assert(sizeof(Table) == 464);
static_assert(offsetof(Table, poll) == 40);
static_assert(offsetof(Table, macro_save) == 80);
static_assert(offsetof(Table, macro_use) == 88);
static_assert(offsetof(Table, scalar_use) == 96);
static_assert(offsetof(Table, max_matrix) == 144);
static_assert(offsetof(Table, observations) == 168);
static_assert(offsetof(Table, dataset_variables) == 176);
static_assert(offsetof(Table, missing) == 184);
static_assert(offsetof(Table, is_missing) == 192);
static_assert(offsetof(Table, stop_flag) == 224);
static_assert(offsetof(Table, store) == 280);
static_assert(offsetof(Table, store_string) == 296);
static_assert(offsetof(Table, call_variables) == 328);
static_assert(offsetof(Table, error) == 336);
static_assert(offsetof(Table, get) == 384);
static_assert(offsetof(Table, scalar_save) == 408);
static_assert(offsetof(Table, get_string) == 416);
static_assert(offsetof(Table, major) == 424);
static_assert(offsetof(Table, is_strl) == 432);
static_assert(offsetof(Table, get_strl) == 456);

/// What pginit() returns: major version 3, minor 0.
inline constexpr int kVersion = 3;

}  // namespace stata_pydata::spi
