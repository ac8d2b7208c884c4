using Kinopress.Core.Features.Lives.OnAir;

namespace Kinopress.Server.Worker;

/// <summary>Finishes lives that a crash cut off before encoders are let in, and ends those on air when the site stops.</summary>
internal sealed class LiveService(IServiceScopeFactory scopes, Broadcasts broadcasts) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RecoverLiveSessions>().RunAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => broadcasts.StopAllAsync();
}
