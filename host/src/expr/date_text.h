// Dates and times written as text ([D] Datetime conversion): what daily(), clock() and
// their relatives read, and the literals td(), tc() ....
#pragma once

#include <string_view>

namespace adohost {

/// The day of `s` read by a mask of the letters D, M, Y (with 19Y or 20Y for years of two
/// digits), or `.` where `s` does not fit it. Years of two digits need `top_year`, the
/// latest they may mean (`.` for none).
double daily_value(std::string_view s, std::string_view mask, double top_year);
/// Milliseconds since 1960 by a mask that may hold h, m and s too.
double clock_value(std::string_view s, std::string_view mask, double top_year);
/// Months, quarters, half-years or weeks (`unit` m q h w) by a mask such as YM.
double period_value(std::string_view s, std::string_view mask, char unit,
                    double top_year);

bool is_date_literal(std::string_view name);
/// td(01jan2020) and so on. Throws 198 where the text is no date.
double date_literal(std::string_view name, std::string_view text);

}  // namespace adohost
