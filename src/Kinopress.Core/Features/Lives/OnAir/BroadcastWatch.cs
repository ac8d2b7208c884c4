using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Looks after a broadcast twice a second, whatever goes wrong: nobody else would end a live whose encoder is gone.</summary>
internal sealed partial class BroadcastWatch(TimeProvider clock, ILogger logger, string publicId)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private bool _hasLogged;

    /// <param name="look">Returns true when there is nothing more to look after.</param>
    /// <returns>True when a look said so; false when it was cancelled.</returns>
    public async Task<bool> LookAfterAsync(Func<Task<bool>> look, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (true)
        {
            try
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                if (await look())
                {
                    return true;
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return false;
            }
            catch (Exception exception)
            {
                LogOnce(exception);
            }
        }
    }

    private void LogOnce(Exception exception)
    {
        if (!_hasLogged)
        {
            _hasLogged = true;
            Log.NotLookedAfter(logger, exception, publicId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, EventName = "live.not_looked_after", Message = "Looking after live {PublicId} failed; it is tried again twice a second, and not logged again")]
        public static partial void NotLookedAfter(ILogger logger, Exception exception, string publicId);
    }
}
