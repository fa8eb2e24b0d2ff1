// The help texts (help/*.txt, shared with the Node command), and the version.
#pragma once

namespace stowage::cli {

extern const char* const kHelp;  // of the command as a whole
extern const char* const kSolveHelp;
extern const char* const kValidateHelp;
extern const char* const kStatsHelp;
extern const char* const kExplainHelp;
extern const char* const kRenderHelp;
extern const char* const kPoolHelp;
extern const char* const kVersion;

}  // namespace stowage::cli
