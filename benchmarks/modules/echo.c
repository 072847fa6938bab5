// The small module: stdin to stdout.
#include <unistd.h>

int main(void) {
  static char buffer[65536];
  for (;;) {
    ssize_t count = read(0, buffer, sizeof buffer);
    if (count <= 0)
      return count < 0;
    for (ssize_t written = 0, step; written < count; written += step) {
      step = write(1, buffer + written, count - written);
      if (step < 0)
        return 1;
    }
  }
}
