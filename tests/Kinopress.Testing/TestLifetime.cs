using Microsoft.Extensions.Hosting;

namespace Kinopress.Testing;

/// <summary>Leaves the process's signals to the test run: a host of its own would swallow them.</summary>
internal sealed class TestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
