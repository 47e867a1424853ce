using System.Runtime.Versioning;

// Hubs, notebook servers and browsers are heavy, and a quiet machine makes honest deadlines: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// The real components are those of Debian, and so are the processes and file modes that the tests look at.
[assembly: SupportedOSPlatform("linux")]
