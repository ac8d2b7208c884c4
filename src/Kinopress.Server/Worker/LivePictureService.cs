using Kinopress.Core.Features.Lives.OnAir;

namespace Kinopress.Server.Worker;

/// <summary>Keeps the pictures of lives on air fresh.</summary>
internal sealed partial class LivePictureService(LivePictures pictures, TimeProvider clock, ILogger<LivePictureService> logger) : BackgroundService
{
    // Shorter than a picture lives, so that a live has its first soon after it began.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await WaitAsync(timer, stoppingToken))
        {
            try
            {
                await pictures.RenewAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.Failed(logger, exception); // a full disk, say: lives go on without
            }
        }
    }

    private static async ValueTask<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "live.pictures_failed", Message = "Pictures of lives could not be taken; they are tried again")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
