using System.Runtime.Versioning;

// Hubs, notebook servers and browsers are heavy, and other tests run beside these: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// The real components are those of Debian, and so are the processes and file modes that the tests look at.
[assembly: SupportedOSPlatform("linux")]
