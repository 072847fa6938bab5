// Hostile: takes memory, and uses it, until there is none; then fails. Volatile, because a compiler leaves out memory that nobody reads.
#include <stdlib.h>

int main(void) {
  for (volatile char *block; (block = malloc(1 << 20));)
    for (int i = 0; i < 1 << 20; i += 1024)
      block[i] = 1;
  abort();
}
