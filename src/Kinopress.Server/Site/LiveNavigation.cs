using Kinopress.Core.Features.Lives;
using Kinopress.Core.Foundation;
using Kinopress.Server.Host;
using Kinopress.Server.Host.Media;

namespace Kinopress.Server.Site;

/// <summary>What the navigation of every page has to know about lives. Kept in memory until something happens. Thread-safe.</summary>
internal sealed class LiveNavigation(IServiceScopeFactory scopes, CacheEpoch epoch, TimeProvider clock)
{
    private static readonly SharedReadOptions Options = new(Capacity: 1, TimeSpan.FromSeconds(30), EndsWithEpoch: true);

    private readonly SharedReads<LiveView?> _reads = new(_ => ReadAsync(scopes), _ => true, Options, epoch, clock);

    /// <summary>The first of <see cref="LivesPage"/>: one on air if there is any. Null when the page is empty.</summary>
    public ValueTask<LiveView?> FindFirstAsync(CancellationToken cancellationToken) => _reads.GetAsync("", cancellationToken);

    private static async Task<LiveView?> ReadAsync(IServiceScopeFactory scopes)
    {
        await using var scope = scopes.CreateAsyncScope();
        var lives = scope.ServiceProvider.GetRequiredService<LiveQueries>();
        return (await lives.ListPublicAsync(channelHandle: null, new PageRequest(1, Cursor: null), CancellationToken.None)).Items is [var first, ..] ? first : null;
    }
}
