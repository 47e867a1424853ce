using System.Runtime.Versioning;

// Hubs are heavy, and a quiet machine makes honest deadlines: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// The real components are those of Debian.
[assembly: SupportedOSPlatform("linux")]
