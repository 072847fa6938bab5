// Hostile: waits for an hour.
#include <unistd.h>

int main(void) { return sleep(3600); }
