# Every target of ours links stata_pydata_warnings: what the compiler can see, it must not see.
add_library(stata_pydata_warnings INTERFACE)
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(stata_pydata_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast)
endif()
# GCC 12 sees overlapping copies in std::string's operator+ where there are none (PR 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(stata_pydata_warnings INTERFACE -Wno-restrict)
endif()
