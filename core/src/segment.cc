#include "stata_pydata/segment.h"

#include <sys/ipc.h>
#include <sys/shm.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <string>
#include <system_error>
#include <utility>

#include "stata_pydata/error.h"

namespace stata_pydata::sysv {
namespace {

std::string reason(int code) {
  return std::generic_category().message(code);
}

std::string key_text(key_t key) {
  char hex[16];
  std::snprintf(hex, sizeof hex, "0x%08x", static_cast<unsigned>(key));
  return std::string(hex) + " (" + std::to_string(key) + ")";
}

std::string limit(const char* name) {
  std::string value;
  std::ifstream(std::string("/proc/sys/kernel/") + name) >> value;
  return value.empty() ? "unknown" : value;
}

[[noreturn]] void throw_missing(int id, int code) {
  throw Error(Fault::not_found,
              "there is no shared-memory segment with id " + std::to_string(id), code);
}

[[noreturn]] void throw_id_error(const char* doing, int id, int code) {
  if (code == EINVAL || code == EIDRM) throw_missing(id, code);
  const Fault fault = code == EACCES || code == EPERM ? Fault::denied
                      : code == ENOMEM                ? Fault::memory
                                                      : Fault::system;
  throw Error(fault,
              std::string("could not ") + doing + " shared-memory segment " +
                  std::to_string(id) + ": " + reason(code) +
                  (fault == Fault::denied ? "; only the user who made it may" : ""),
              code);
}

[[noreturn]] void throw_taken(key_t key) {
  const int id = ::shmget(key, 0, 0);
  std::string remedy = id < 0 ? "; `ipcs -m` lists it"
                              : " by segment " + std::to_string(id) +
                                    "; remove that with shm.deallocate(" +
                                    std::to_string(id) + ") or `ipcrm -m " +
                                    std::to_string(id) + "`, or choose another key_seed";
  throw Error(Fault::exists, "the key " + key_text(key) + " is taken" + remedy, EEXIST);
}

[[noreturn]] void throw_create_error(key_t key, std::size_t bytes, int code) {
  if (code == EEXIST) throw_taken(key);
  const std::string start = "could not make a shared-memory segment of " +
                            std::to_string(bytes) + " bytes: " + reason(code);
  if (code == ENOSPC || code == EINVAL || code == ENOMEM)
    throw Error(Fault::memory,
                start + "; the system allows " + limit("shmmax") +
                    " bytes per segment (SHMMAX), " + limit("shmall") +
                    " pages in all (SHMALL) and " + limit("shmmni") +
                    " segments (SHMMNI); `ipcs -m` shows those in use",
                code);
  throw Error(code == EACCES || code == EPERM ? Fault::denied : Fault::system, start,
              code);
}

}  // namespace

key_t key_of_seed(long long seed) {
  if (seed < 1 || seed > 255)
    throw Error(Fault::invalid, "key_seed must be from 1 to 255, not " +
                                    std::to_string(seed) +
                                    ": a key holds only its low eight bits");
  const key_t key = ::ftok("/tmp", static_cast<int>(seed));
  if (key == -1)
    throw Error(Fault::system, "could not make a key of /tmp: " + reason(errno), errno);
  return key;
}

int create(key_t key, std::size_t bytes) {
  const int id = ::shmget(key, bytes, IPC_CREAT | IPC_EXCL | 0600);
  if (id < 0) throw_create_error(key, bytes, errno);
  return id;
}

Status status(int id) {
  shmid_ds state{};
  if (::shmctl(id, IPC_STAT, &state) < 0) throw_id_error("look at", id, errno);
  Status result;
  result.id = id;
  result.key = state.shm_perm.__key;
  result.bytes = state.shm_segsz;
  result.attached = static_cast<unsigned>(state.shm_nattch);
  result.mode = state.shm_perm.mode & 0777u;
  result.owner = state.shm_perm.uid;
  result.creator = state.shm_cpid;
  result.changed = state.shm_ctime;
  return result;
}

int find(key_t key) {
  const int id = ::shmget(key, 0, 0);
  if (id >= 0) return id;
  const int code = errno;
  if (code == ENOENT)
    throw Error(Fault::not_found,
                "there is no shared-memory segment with the key " + key_text(key), code);
  throw Error(
      code == EACCES ? Fault::denied : Fault::system,
      "could not find the segment with the key " + key_text(key) + ": " + reason(code),
      code);
}

void remove(int id) {
  if (::shmctl(id, IPC_RMID, nullptr) < 0) throw_id_error("remove", id, errno);
}

Attachment::Attachment(int id, Access access) {
  void* address = ::shmat(id, nullptr, access == Access::read_only ? SHM_RDONLY : 0);
  if (address == reinterpret_cast<void*>(-1)) throw_id_error("attach", id, errno);
  data_ = static_cast<std::byte*>(address);
  try {
    size_ = status(id).bytes;
  } catch (...) {
    ::shmdt(data_);
    throw;
  }
}

Attachment::~Attachment() {
  if (data_ != nullptr) ::shmdt(data_);
}

Attachment::Attachment(Attachment&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

Attachment& Attachment::operator=(Attachment&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

}  // namespace stata_pydata::sysv
