// An Ethernet switch in one process, for namespaces: passes frames between its ports, late or not at all, as it is told.
//
//   switch PORT...        each line on standard input: PORT_INDEX DELAY_MS LOST_IN LOST_OUT
//
// Frames that come in at a port wait DELAY_MS; of a thousand, LOST_IN that come in there and LOST_OUT that go out there are lost.
// Ends with its standard input. Linux, AF_PACKET, needs root. Kernels without netem can do no delay of their own.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

// The kernel puts this many bytes of its own before each frame: checksums and segments that are still to be made. They go with it.
#define HEAD 10
#define LARGEST (HEAD + 65536 + ETH_HLEN)
#define PORTS 64
#define ADDRESSES 256

struct frame { struct frame *next; long long due; int length; unsigned char bytes[]; };
struct port { int fd; long delay_ms, lost_in, lost_out; struct frame *first, **last; };

static struct port ports[PORTS];
static int port_count;
static struct { unsigned char mac[ETH_ALEN]; int port; } addresses[ADDRESSES];
static int address_count;

static long long now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int open_port(const char *name) {
  int fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, htons(ETH_P_ALL)), one = 1, buffer = 16 << 20;
  struct sockaddr_ll at = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = if_nametoindex(name) };
  if (fd < 0 || at.sll_ifindex == 0 || setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &one, sizeof one) < 0 ||
      setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one) < 0 || bind(fd, (void *)&at, sizeof at) < 0) {
    perror(name);
    exit(1);
  }
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer);
  return fd;
}

static int lost(long of_thousand) { return lrand48() % 1000 < of_thousand; }

static void learn(const unsigned char *mac, int port) {
  for (int i = 0; i < address_count; i++)
    if (memcmp(addresses[i].mac, mac, ETH_ALEN) == 0) { addresses[i].port = port; return; }
  if (address_count == ADDRESSES) return;
  memcpy(addresses[address_count].mac, mac, ETH_ALEN);
  addresses[address_count++].port = port;
}

// The port of an address; -1, which is every other port, of those that are not known and of broadcasts.
static int port_of(const unsigned char *mac) {
  for (int i = 0; i < address_count; i++)
    if (memcmp(addresses[i].mac, mac, ETH_ALEN) == 0) return addresses[i].port;
  return -1;
}

static void take_in(int from) {
  static unsigned char bytes[LARGEST];
  struct port *port = &ports[from];
  for (int length; (length = recv(port->fd, bytes, sizeof bytes, 0)) > HEAD + ETH_HLEN;) {
    learn(bytes + HEAD + ETH_ALEN, from);
    if (lost(port->lost_in)) continue;
    struct frame *frame = malloc(sizeof *frame + length);
    if (!frame) continue;
    *frame = (struct frame){ .due = now_ns() + port->delay_ms * 1000000LL, .length = length };
    memcpy(frame->bytes, bytes, length);
    *port->last = frame;
    port->last = &frame->next;
  }
}

// Sends what is due of the frames that came in at a port. Returns when the next one is, in ns; far away when there is none.
static long long pass_on(int from, long long now) {
  struct port *port = &ports[from];
  for (struct frame *frame; (frame = port->first) && frame->due <= now;) {
    int to = port_of(frame->bytes + HEAD);
    for (int i = 0; i < port_count; i++)
      if (i != from && (to < 0 || to == i) && !lost(ports[i].lost_out)) send(ports[i].fd, frame->bytes, frame->length, 0);
    port->first = frame->next;
    if (!port->first) port->last = &port->first;
    free(frame);
  }
  return port->first ? port->first->due : now + 1000000000LL;
}

// Reads whole lines; false at the end of the input.
static int obey(void) {
  static char line[256];
  static size_t length;
  ssize_t count = read(0, line + length, sizeof line - 1 - length);
  if (count <= 0) return 0;
  line[length += count] = 0;
  for (char *end; (end = strchr(line, '\n')); length = strlen(line)) {
    long of, delay_ms, lost_in, lost_out;
    if (sscanf(line, "%ld %ld %ld %ld", &of, &delay_ms, &lost_in, &lost_out) == 4 && of >= 0 && of < port_count) {
      ports[of].delay_ms = delay_ms;
      ports[of].lost_in = lost_in;
      ports[of].lost_out = lost_out;
    }
    memmove(line, end + 1, strlen(end + 1) + 1);
  }
  return length < sizeof line - 1;
}

int main(int count, char **names) {
  struct pollfd polled[PORTS + 1] = { { 0, POLLIN, 0 } };
  if (count < 3 || count > PORTS) { fprintf(stderr, "usage: switch PORT...\n"); return 2; }
  port_count = count - 1;
  srand48(1);
  for (int i = 0; i < port_count; i++) {
    ports[i] = (struct port){ .fd = open_port(names[i + 1]) };
    ports[i].last = &ports[i].first;
    polled[i + 1] = (struct pollfd){ ports[i].fd, POLLIN, 0 };
  }
  puts("ready");
  fflush(stdout);
  for (;;) {
    long long now = now_ns(), next = now + 1000000000LL;
    for (int i = 0; i < port_count; i++) {
      long long due = pass_on(i, now);
      if (due < next) next = due;
    }
    struct timespec wait = { (next - now) / 1000000000LL, (next - now) % 1000000000LL };
    if (ppoll(polled, port_count + 1, &wait, NULL) < 0) return 1;
    if (polled[0].revents && !obey()) return 0;
    for (int i = 0; i < port_count; i++) if (polled[i + 1].revents) take_in(i);
  }
}
