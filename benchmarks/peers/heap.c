/* How many events per second a binary heap alone can do: take the earliest, put one later, nothing else.
 * The bound of any simulation that keeps its future in a heap. Prints events and processor seconds. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
    int64_t time, sequence, action, task, serial; /* as wide as an entry of archspec's kernel */
} Event;

static Event *heap;
static size_t count;

static int before(const Event *a, const Event *b) {
    return a->time < b->time || (a->time == b->time && a->sequence < b->sequence);
}

static void put(Event event) {
    size_t place = count++;
    while (place > 0 && before(&event, &heap[(place - 1) / 2])) {
        heap[place] = heap[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    heap[place] = event;
}

static Event take(void) {
    Event first = heap[0], last = heap[--count];
    size_t place = 0, child;
    while ((child = 2 * place + 1) < count) {
        if (child + 1 < count && before(&heap[child + 1], &heap[child])) child++;
        if (!before(&heap[child], &last)) break;
        heap[place] = heap[child];
        place = child;
    }
    heap[place] = last;
    return first;
}

int main(int argc, char **argv) {
    size_t pending = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000;
    int64_t events = argc > 2 ? atoll(argv[2]) : 20000000;
    uint64_t state = 1;
    heap = malloc((pending + 1) * sizeof *heap);
    if (heap == NULL) return 1;
    clock_t begun = clock();
    for (int64_t sequence = 0; sequence < events + (int64_t)pending; sequence++) {
        int64_t now = count == pending ? take().time : 0;
        state = state * 6364136223846793005u + 1442695040888963407u;
        put((Event){now + (int64_t)(state >> 44), sequence, 1, 2, 3});
    }
    double took = (double)(clock() - begun) / CLOCKS_PER_SEC;
    printf("{\"events\": %lld, \"processor\": %.6f, \"last\": %lld}\n", (long long)events, took, (long long)heap[0].time);
    return 0;
}
