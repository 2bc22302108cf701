#include "lang/error_texts.h"

#include <algorithm>
#include <iterator>

namespace adohost {

namespace {

struct Row {
  int rc;
  const char* text;
};

/// In ascending order of the code.
constexpr Row kTexts[] = {
    {1, "--Break--"},
    {2, "connection timed out"},
    {3, "no dataset in use"},
    {4, "no; dataset in memory has changed since last saved"},
    {5, "not sorted"},
    {7, "variable type not as expected"},
    {9, "assertion is false"},
    {18, "you must start with an empty dataset"},
    {100, "varlist required"},
    {101, "varlist not allowed"},
    {102, "too few variables specified"},
    {103, "too many variables specified"},
    {104, "nothing to input"},
    {106, "variable type differs between master and using data"},
    {107, "not possible with numeric variable"},
    {108, "not possible with string variable"},
    {109, "type mismatch"},
    {110, "already defined"},
    {111, "not found"},
    {119, "statement out of context"},
    {120, "invalid %format"},
    {121, "invalid numlist"},
    {122, "invalid numlist has too few elements"},
    {123, "invalid numlist has too many elements"},
    {124, "invalid numlist has elements out of order"},
    {125, "invalid numlist has elements outside of allowed range"},
    {126, "invalid numlist has noninteger elements"},
    {127, "invalid numlist has missing values"},
    {130, "expression too long"},
    {132, "too many '(' or '['"},
    {133, "unknown function"},
    {134, "too many values"},
    {135, "not possible with weighted data"},
    {151, "non r-class program may not set r()"},
    {152, "non e-class program may not set e()"},
    {153, "non s-class program may not set s()"},
    {161, "ado-file has commands outside of program define ... end"},
    {162, "ado-file does not define command"},
    {170, "unable to chdir"},
    {180, "invalid attempt to modify label"},
    {181, "may not label strings"},
    {182, "not labeled"},
    {184, "options may not be combined"},
    {190, "request may not be combined with by"},
    {191, "request may not be combined with by() option"},
    {196, "could not restore sort order because variables were dropped"},
    {197, "invalid syntax"},
    {198, "invalid syntax"},
    {199, "unrecognized command"},
    {301, "last estimates not found"},
    {303, "equation not found"},
    {321, "requested action not valid after most recent estimation command"},
    {401, "may not use noninteger frequency weights"},
    {402, "negative weights encountered"},
    {404, "not possible with pweighted data"},
    {406, "not possible with analytic weights"},
    {409, "no variance"},
    {411, "nonpositive values encountered"},
    {416, "missing values encountered"},
    {430, "convergence not achieved"},
    {459, "something that should be true of your data is not"},
    {501, "matrix operation not found"},
    {503, "conformability error"},
    {504, "matrix has missing values"},
    {505, "matrix not symmetric"},
    {506, "matrix not positive definite"},
    {507, "name conflict"},
    {508, "matrix has zero values"},
    {601, "file not found"},
    {602, "file already exists"},
    {603, "file could not be opened"},
    {604, "log file already open"},
    {606, "no log file open"},
    {608, "file is read-only; cannot be modified or erased"},
    {610, "file not Stata format"},
    {612, "unexpected end of file"},
    {621, "already preserved"},
    {622, "nothing to restore"},
    {688, "file is corrupt"},
    {691, "I/O error"},
    {692, "file I/O error on read"},
    {693, "file I/O error on write"},
    {699, "insufficient disk space"},
    {900, "no room to add more variables"},
    {901, "no room to add more observations"},
    {902, "no room to add more variables because of width"},
    {903, "no room to promote variable (e.g., change int to float)"},
    {907, "maxvar too small"},
    {908, "matsize too small"},
    {909, "op. sys. refuses to provide memory"},
    {920, "too many macros"},
    {950, "insufficient memory"},
    {1000, "system limit exceeded - see manual"},
    {1001, "too many values"},
    {1002, "too many by variables"},
    {1003, "too many options"},
    {1004, "command too long"},
    {1400, "numerical overflow"},
    {2000, "no observations"},
    {2001, "insufficient observations"},
};

}  // namespace

std::string standard_error_text(int rc) {
  const auto* row = std::lower_bound(std::begin(kTexts), std::end(kTexts), rc,
                                     [](const Row& a, int code) { return a.rc < code; });
  return row != std::end(kTexts) && row->rc == rc ? row->text : "";
}

}  // namespace adohost
