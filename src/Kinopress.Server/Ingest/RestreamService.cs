using Kinopress.Core.Data;
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
    ChangeSignal changes,
    TimeProvider clock,
    ILoggerFactory loggers) : BackgroundService
{
    // Changes on another node come without a signal.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<Id<Destination>, Running> _running = [];
    private readonly ILogger _logger = loggers.CreateLogger<RestreamService>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                var (begun, changed) = (broadcasts.WhenChanged, changes.Signal.WhenRaised);
                await LookAsync(stoppingToken);
                var onAir = broadcasts.List().Count > 0 || _running.Count > 0;
                await Task.WhenAny(onAir ? [begun, changed, Task.Delay(LookEvery, clock, stoppingToken)] : [begun, Task.Delay(Timeout.InfiniteTimeSpan, stoppingToken)]);
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

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        List<(Broadcast Broadcast, DestinationTarget Target)> wanted;
        try
        {
            wanted = await WantedAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.NotRead(_logger, exception); // the database is away: what runs goes on
            return;
        }

        var over = _running.Where(pair => pair.Value.HasEnded || !wanted.Exists(one => pair.Value.Serves(one.Broadcast, one.Target))).ToList();
        over.ForEach(pair => _running.Remove(pair.Key));
        await Task.WhenAll(over.Select(pair => pair.Value.DisposeAsync().AsTask()));
        foreach (var (broadcast, target) in wanted)
        {
            // One key carries one stream: a channel's destination serves the live that came first.
            if (!_running.ContainsKey(target.Id))
            {
                _running[target.Id] = new Running(broadcast, target, new Restream(target, broadcast, connector, board, clock, loggers.CreateLogger<Restream>()));
            }
        }
    }

    private async Task<List<(Broadcast Broadcast, DestinationTarget Target)>> WantedAsync(CancellationToken cancellationToken)
    {
        List<(Broadcast, DestinationTarget)> wanted = [];
        var onAir = broadcasts.List().Where(broadcast => broadcast is { HasEnded: false, SessionId: not null }).ToList();
        if (onAir.Count == 0)
        {
            return wanted;
        }

        await using var scope = scopes.CreateAsyncScope();
        var destinations = scope.ServiceProvider.GetRequiredService<DestinationQueries>();
        foreach (var broadcast in onAir)
        {
            wanted.AddRange((await destinations.ListTargetsAsync(broadcast.Live.Id, cancellationToken)).Select(target => (broadcast, target)));
        }

        return wanted;
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

        public bool Serves(Broadcast broadcast, DestinationTarget target) =>
            ReferenceEquals(_broadcast, broadcast) && _target.Id == target.Id && _target.Revision == target.Revision;

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
