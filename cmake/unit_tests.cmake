# Unit tests stand beside their sources as *_test.cc. add_unit_tests(NAME LIBRARY FOLDER)
# makes one doctest program of all those below FOLDER and gives it to ctest.
add_library(doctest_main OBJECT "${PROJECT_SOURCE_DIR}/cmake/doctest_main.cc")
target_include_directories(doctest_main SYSTEM PUBLIC "${PROJECT_SOURCE_DIR}/third_party")

function(add_unit_tests name library folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*_test.cc")
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  # Assertions by the hundred compile several times slower at -O3, and run no faster.
  target_compile_options(${name} PRIVATE -O1)
  target_compile_definitions(${name} PRIVATE DOCTEST_CONFIG_SUPER_FAST_ASSERTS)
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/${folder}")
  target_link_libraries(${name} PRIVATE ${library} doctest_main stata_pydata_warnings
                                        Threads::Threads)
  add_test(NAME ${name} COMMAND ${name})
endfunction()
