// The subcommands of label that have a file of their own ([D] label, label language).
#pragma once

#include <string_view>

#include "lang/session.h"

namespace adohost {

struct LabelRequest {
  std::string_view text;     // after the subcommand, before the comma
  std::string_view options;  // after it
};

/// label save: the definitions of sets as a do-file.
void label_save(Session& session, const LabelRequest& request);
/// label language: several sets of labels of the data, one of them current.
void label_language(Session& session, const LabelRequest& request);

}  // namespace adohost
