using Kinopress.Core.Data;
using Kinopress.Core.Events;
using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Renditions;
using Kinopress.Core.Features.Uploads;
using Kinopress.Core.Foundation;
using Kinopress.Core.Jobs;
using Kinopress.Core.Storage;

namespace Kinopress.Server.Worker;

/// <summary>Runs this node's jobs: two slots for quick work, one encoder for every two processors.</summary>
internal sealed partial class JobService(
    JobRunner runner, IServiceScopeFactory scopes, WorkFolder work, OrphanedPrograms orphans, KinopressOptions options, TimeProvider clock, ILogger<JobService> logger) : BackgroundService
{
    private const int QuickSlots = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield(); // the site answers before this is ready
        orphans.End();
        work.Empty();
        await runner.ReclaimAsync(stoppingToken);
        await RecoverUploadsAsync(stoppingToken);
        var encoders = options.Encoders > 0 ? options.Encoders : Math.Max(1, Environment.ProcessorCount / 2);
        var quick = Enumerable.Repeat(JobLane.Quick, QuickSlots);
        var heavy = Enumerable.Repeat(JobLane.Heavy, encoders);
        await Task.WhenAll(quick.Concat(heavy).Select(lane => RunAsync(lane, stoppingToken)));
    }

    private async Task RunAsync(JobLane lane, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await runner.RunAsync(lane, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (DatabaseTrouble.IsBehind(exception) || exception is IOException)
            {
                // The database or disk is away for a moment; the work is still there when it returns.
                Log.LaneInterrupted(logger, exception, lane);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    private async Task RecoverUploadsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RecoverUploads>().RunAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "jobs.lane_interrupted", Message = "The {Lane} lane was interrupted and goes on")]
        public static partial void LaneInterrupted(ILogger logger, Exception exception, JobLane lane);
    }
}

/// <summary>Hands events to the features that react to them.</summary>
internal sealed class EventService(EventPump pump) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await pump.RunAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
    }
}

/// <summary>Tidies up every quarter of an hour: uploads nobody continues, the trash.</summary>
internal sealed partial class HousekeepingService(IServiceScopeFactory scopes, TimeProvider clock, ILogger<HousekeepingService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TidyAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The site stops.
        }
    }

    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RecoverUploads>().RunAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<ExpireUploads>().RunAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<PurgeVideos>().RunAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<PurgeLives>().RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Log.Failed(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "housekeeping.failed", Message = "Tidying up failed; it runs again in a quarter of an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
