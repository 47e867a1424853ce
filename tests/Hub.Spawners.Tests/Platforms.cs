// Local servers need sessions, signals and /proc; so do their tests.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
