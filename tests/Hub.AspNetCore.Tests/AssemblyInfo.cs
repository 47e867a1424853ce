// Many of these tests wait for real processes, which needs no processor: more of them are under way than there are.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]
