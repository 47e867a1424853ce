global using System.Net;
global using JupyterHub.AspNetCore.Tests.Fixtures;
global using JupyterHub.Testing;
global using Microsoft.AspNetCore.Builder;
global using Microsoft.Extensions.DependencyInjection;
