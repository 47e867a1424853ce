using BenchmarkDotNet.Running;
using JupyterHub.Benchmarks.Rbac;

if (args is [OriginalComparison.Name, var workload])
{
    OriginalComparison.Run(workload);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
