# STATA_PYDATA_SANITIZE=address,undefined or =thread; set by the presets asan and tsan.
set(STATA_PYDATA_SANITIZE "" CACHE STRING "Sanitizers to build with")
if(STATA_PYDATA_SANITIZE)
  add_compile_options(-fsanitize=${STATA_PYDATA_SANITIZE} -fno-omit-frame-pointer -g)
  add_link_options(-fsanitize=${STATA_PYDATA_SANITIZE})
  if(STATA_PYDATA_SANITIZE MATCHES undefined)
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()

# The fuzzers' coverage goes through all code that they link.
if(STATA_PYDATA_FUZZ AND CMAKE_CXX_COMPILER_ID MATCHES "Clang" AND STATA_PYDATA_SANITIZE)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
