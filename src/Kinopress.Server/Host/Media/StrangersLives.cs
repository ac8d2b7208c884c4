using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Host.Media;

/// <summary>
/// Lives as strangers see them, at most a second old: every viewer's page asks every few seconds how its live is doing.
/// Refusals are not kept. Thread-safe.
/// </summary>
internal sealed class StrangersLives(IServiceScopeFactory scopes, CacheEpoch epoch, TimeProvider clock)
{
    private static readonly SharedReadOptions Options = new(Capacity: 2000, TimeSpan.FromSeconds(1), EndsWithEpoch: true);

    private readonly SharedReads<Result<LiveView>> _reads = new(publicId => ReadAsync(scopes, publicId), read => !read.Failed(out _), Options, epoch, clock);

    /// <returns>What <see cref="LiveQueries.GetAsync"/> answers a stranger.</returns>
    public ValueTask<Result<LiveView>> GetAsync(string publicId, CancellationToken cancellationToken) => _reads.GetAsync(publicId, cancellationToken);

    private static async Task<Result<LiveView>> ReadAsync(IServiceScopeFactory scopes, string publicId)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<LiveQueries>().GetAsync(publicId, Caller.Stranger, CancellationToken.None);
    }
}
