using Kinopress.Core.Features.Destinations;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Foundation;

namespace Kinopress.Server.Ingest;

/// <summary>
/// Keeps one <see cref="Restream"/> running for each destination of what is on air here, and notices what its people
/// change meanwhile. Owns them all until they have ended.
/// </summary>
internal sealed partial class RestreamService(
    Broadcasts broadcasts,
    IServiceScopeFactory scopes,
    RestreamConnector connector,
    DestinationBoard board,
    TimeProvider clock,
    ILoggerFactory loggers) : BackgroundService
{
    // A signal may be lost.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Id<Destination>, Running> _running = [];
    private readonly ILogger _logger = loggers.CreateLogger<RestreamService>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var (begun, changed) = (broadcasts.WhenChanged, board.Changes.WhenRaised);
                await LookAsync(stoppingToken);
                await WaitAsync(begun, changed, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
        finally
        {
            await Task.WhenAll(_running.Values.Select(running => running.DisposeAsync().AsTask()));
        }
    }

    private async Task WaitAsync(Task begun, Task changed, CancellationToken cancellationToken)
    {
        if (broadcasts.List().Count == 0 && _running.Count == 0)
        {
            await begun.WaitAsync(cancellationToken);
            return;
        }

        try
        {
            await Task.WhenAny(begun, changed).WaitAsync(LookEvery, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nobody said anything: look all the same.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        List<KeyValuePair<Id<Destination>, Running>> over;
        List<(Broadcast Broadcast, DestinationTarget Target)> begun;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var destinations = scope.ServiceProvider.GetRequiredService<DestinationQueries>();
            var wanted = await WantedAsync(destinations, cancellationToken);
            over = [.. _running.Where(pair => pair.Value.HasEnded || !wanted.Exists(one => pair.Value.Serves(one.Broadcast, one.Destination)))];
            begun = await TargetsAsync(wanted.Where(one => !_running.ContainsKey(one.Destination.Id) || over.Exists(pair => pair.Key == one.Destination.Id)), destinations, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.NotRead(_logger, exception); // the database is away: what runs goes on
            return;
        }

        over.ForEach(pair => _running.Remove(pair.Key));
        await Task.WhenAll(over.Select(pair => pair.Value.DisposeAsync().AsTask()));
        foreach (var (broadcast, target) in begun)
        {
            _running[target.Id] = new Running(broadcast, target, new Restream(target, broadcast, connector, board, clock, loggers.CreateLogger<Restream>()));
        }
    }

    private async Task<List<(Broadcast Broadcast, WantedDestination Destination)>> WantedAsync(DestinationQueries destinations, CancellationToken cancellationToken)
    {
        var onAir = broadcasts.List().Where(broadcast => broadcast is { HasEnded: false, SessionId: not null }).ToList();
        if (onAir.Count == 0)
        {
            return [];
        }

        var wanted = (await destinations.ListWantedAsync([.. onAir.Select(broadcast => broadcast.Live.Id)], cancellationToken)).ToLookup(one => one.LiveId);
        return [.. onAir.SelectMany(broadcast => wanted[broadcast.Live.Id].Select(one => (broadcast, one)))];
    }

    /// <summary>Keys are opened only to be used.</summary>
    private static async Task<List<(Broadcast Broadcast, DestinationTarget Target)>> TargetsAsync(
        IEnumerable<(Broadcast Broadcast, WantedDestination Destination)> begun, DestinationQueries destinations, CancellationToken cancellationToken)
    {
        List<(Broadcast, DestinationTarget)> targets = [];

        // One key carries one stream: a channel's destination serves the live that came first.
        foreach (var (broadcast, destination) in begun.DistinctBy(one => one.Destination.Id))
        {
            if (await destinations.FindTargetAsync(destination.Id, cancellationToken) is { } target)
            {
                targets.Add((broadcast, target));
            }
        }

        return targets;
    }

    private sealed class Running : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly Broadcast _broadcast;
        private readonly DestinationTarget _target;
        private readonly Task _task;

        public Running(Broadcast broadcast, DestinationTarget target, Restream restream)
        {
            (_broadcast, _target) = (broadcast, target);
            _task = restream.RunAsync(_stopping.Token);
        }

        public bool HasEnded => _task.IsCompleted;

        public bool Serves(Broadcast broadcast, WantedDestination wanted) =>
            ReferenceEquals(_broadcast, broadcast) && _target.Id == wanted.Id && _target.Revision == wanted.Revision;

        public async ValueTask DisposeAsync()
        {
            await _stopping.CancelAsync();
            await _task;
            _stopping.Dispose();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "restream.not_read", Message = "Destinations could not be read; what is being sent goes on")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
