using System.Runtime.Versioning;

// Hubs are heavy, and other tests run beside these: one at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

// The real components are those of Debian.
[assembly: SupportedOSPlatform("linux")]
