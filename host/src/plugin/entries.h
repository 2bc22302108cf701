// The functions behind the table, by theme. None of them throws; the codes they return
// are Stata's where docs/spi.md knows them.
#pragma once

#include "plugin/interface_table.h"

namespace adohost {

void fill_cell_entries(InterfaceTable* table);     // variables, observations, cells
void fill_session_entries(InterfaceTable* table);  // output, macros, scalars, matrices
/// SW_stopflag; SF_poll() answers with it.
int* stop_flag();

}  // namespace adohost
