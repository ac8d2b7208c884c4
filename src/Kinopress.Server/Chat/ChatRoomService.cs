using Kinopress.Core.Features.Chat;

namespace Kinopress.Server.Chat;

/// <summary>Closes rooms that have become empty, and all of them when the site stops, after what was said is written.</summary>
internal sealed partial class ChatRoomService(ChatRooms rooms, TimeProvider clock, ILogger<ChatRoomService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await rooms.CloseAllAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await SweepAsync();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            await rooms.SweepAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "chat.sweep_failed", Message = "Empty chat rooms could not be closed; they are looked at again soon")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
