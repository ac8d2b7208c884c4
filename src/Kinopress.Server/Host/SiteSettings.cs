using Kinopress.Core.Features.Site;

namespace Kinopress.Server.Host;

/// <summary>The site's name and rules, which every page needs, kept in memory until an event says they changed. Thread-safe.</summary>
internal sealed class SiteSettings(IServiceScopeFactory scopes, CacheEpoch epoch, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LifetimeBeforeSetup = TimeSpan.FromSeconds(1);

    private volatile Entry? _entry;

    public async ValueTask<SiteView> GetAsync(CancellationToken cancellationToken)
    {
        if (_entry is { } entry && clock.GetElapsedTime(entry.LoadedAt) < (entry.Site.IsSetUp ? Lifetime : LifetimeBeforeSetup))
        {
            return entry.Site;
        }

        var loadedAt = clock.GetTimestamp();
        var readIn = epoch.Current;
        await using var scope = scopes.CreateAsyncScope();
        var site = await scope.ServiceProvider.GetRequiredService<SiteQueries>().GetAsync(cancellationToken);
        _entry = new Entry(site, loadedAt);
        if (epoch.Current != readIn)
        {
            _entry = null; // something happened meanwhile
        }

        return site;
    }

    public void Drop() => _entry = null;

    private sealed record Entry(SiteView Site, long LoadedAt);
}
