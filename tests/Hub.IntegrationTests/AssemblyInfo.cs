// Hubs, notebook servers and browsers are heavy, and a quiet machine makes honest deadlines: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
