// Hostile: writes without end.
#include <unistd.h>

static char block[65536];

int main(void) {
  while (write(1, block, sizeof block) > 0)
    ;
  return 1;
}
