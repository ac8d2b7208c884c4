using Kinopress.Core.Foundation;
using Kinopress.Media.Live;
using Kinopress.Media.Planning;
using Microsoft.Extensions.Logging;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// Makes smaller qualities of a live, for as long as it is on air, with one supervised ffmpeg. Whatever happens to that,
/// the source is passed on: a quality then has a gap and comes back, or is not offered at all. Ends with <see cref="EndAsync"/>.
/// </summary>
internal sealed partial class Ladder : IDisposable
{
    private const int MaxFailures = 5;
    private static readonly TimeSpan LastPictures = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FailureMemory = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)];

    private readonly Broadcast _broadcast;
    private readonly LadderTools _tools;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _making;
    private readonly Queue<long> _failures = new();
    private readonly List<(LiveRung Rung, BroadcastRendition Rendition)> _made = [];

    public Ladder(Broadcast broadcast, LadderTools tools)
    {
        (_broadcast, _tools) = (broadcast, tools);
        _making = RunAsync(_stopping.Token);
    }

    /// <summary>Why there are fewer qualities than were asked for; null when all is well.</summary>
    public LiveAdvice? Advice { get; private set; }

    /// <summary>The live is over: waits a moment for the last pictures.</summary>
    public async Task EndAsync()
    {
        _stopping.CancelAfter(LastPictures);
        await _making;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await MakeAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Nothing more is wanted.
        }
        catch (Exception exception)
        {
            Log.Broken(_tools.Logger, exception, _broadcast.Live.PublicId); // the live goes on without
        }

        if (!_broadcast.HasEnded)
        {
            await RetireAsync([.. _made.Select(one => one.Rendition)]);
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        var input = _broadcast.Subscribe();
        try
        {
            await input.WhenStarted.WaitAsync(cancellationToken);
            if (await PlanAsync(cancellationToken) is not { } place)
            {
                return;
            }

            using (place)
            {
                while (_made.Count > 0)
                {
                    var ending = await RunOnceAsync(input, cancellationToken);
                    await _broadcast.TakeTurnForAsync(() => _made.ForEach(one => one.Rendition.EndEncoder()));
                    if (_broadcast.HasEnded || !await MayGoOnAsync(ending, cancellationToken))
                    {
                        return;
                    }

                    // A fresh reader starts with configurations and a keyframe, which the one before still keeps alive.
                    var next = _broadcast.Subscribe();
                    input.Dispose();
                    input = next;
                    await input.WhenStarted.WaitAsync(cancellationToken);
                }
            }
        }
        finally
        {
            input.Dispose();
        }
    }

    /// <returns>Room on this machine; null where nothing is to be made.</returns>
    private async Task<IDisposable?> PlanAsync(CancellationToken cancellationToken)
    {
        if (_broadcast.Source.Tracks?.Video is not { } video || LiveLadder.Plan(video.Width, video.Height, _tools.Capacity.Processors) is not { Count: > 0 } rungs)
        {
            return null;
        }

        if (!await _tools.HasEncoderAsync(cancellationToken))
        {
            Advice = new LiveAdvice("qualities_no_encoder", "Smaller qualities cannot be made: the server lacks ffmpeg with libx264.");
            return null;
        }

        var place = _tools.Capacity.TryReserve(LiveLadder.CoresFor(rungs, video.Width, video.Height, video.FrameRate?.Value));
        if (place is null)
        {
            Advice = new LiveAdvice("qualities_no_room", "The server is too busy to make smaller qualities. Viewers get what you send.");
            return null;
        }

        await _broadcast.TakeTurnForAsync(() => _made.AddRange(rungs.Select(rung => (rung, _broadcast.Source.AddFollower(rung.Key, rung.MaxBitrateInBitsPerSecond)))));
        return place;
    }

    private async Task<LadderEnding> RunOnceAsync(PacketSubscription input, CancellationToken cancellationToken)
    {
        if (_broadcast.Source.Tracks?.Video is not { } video || _tools.MakeSpace() is not { } space)
        {
            return LadderEnding.Exited;
        }

        using (space)
        {
            using var run = new LadderRun(_broadcast, _tools, input);
            var rungs = LiveLadder.Below([.. _made.Select(one => one.Rung)], video.Width, video.Height);
            if (rungs.Count == 0)
            {
                return LadderEnding.Exited; // the source has become smaller than any
            }

            var renditions = _made.Where(one => rungs.Contains(one.Rung)).Select(one => one.Rendition).ToList();
            var ending = await run.EncodeAsync(space, rungs, renditions, video.Height > video.Width, cancellationToken);
            if (ending != LadderEnding.InputEnded)
            {
                Log.Failed(_tools.Logger, _broadcast.Live.PublicId, ending, Last(run.Complaints));
            }

            return ending;
        }
    }

    private async Task<bool> MayGoOnAsync(LadderEnding ending, CancellationToken cancellationToken)
    {
        if (ending == LadderEnding.InputEnded)
        {
            return true;
        }

        if (ending == LadderEnding.TooSlow)
        {
            Advice = new LiveAdvice("qualities_reduced", "The server is too slow for all qualities, so the best of the smaller ones is no longer made.");
            await RetireAsync(_made[0].Rendition);
            return _made.Count > 0;
        }

        while (_failures.TryPeek(out var at) && _tools.Clock.GetElapsedTime(at) > FailureMemory)
        {
            _failures.Dequeue();
        }

        if (_failures.Count == MaxFailures)
        {
            Advice = new LiveAdvice("qualities_failed", "Making smaller qualities failed again and again, so they are left out. Viewers get what you send.");
            return false;
        }

        var pause = Pauses[Math.Min(_failures.Count, Pauses.Length - 1)];
        _failures.Enqueue(_tools.Clock.GetTimestamp());
        await Task.Delay(pause, _tools.Clock, cancellationToken);
        return !_broadcast.HasEnded;
    }

    private async Task RetireAsync(params IReadOnlyList<BroadcastRendition> renditions)
    {
        _made.RemoveAll(one => renditions.Contains(one.Rendition));
        await _broadcast.TakeTurnForAsync(() =>
        {
            foreach (var rendition in renditions)
            {
                _broadcast.Source.Retire(rendition);
            }
        });
    }

    private static string Last(string complaints) => complaints.Length > 500 ? complaints[^500..] : complaints;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, EventName = "live.ladder_failed", Message = "Making smaller qualities of live {PublicId} ended ({Ending}): {Complaints}")]
        public static partial void Failed(ILogger logger, string publicId, LadderEnding ending, string complaints);

        [LoggerMessage(Level = LogLevel.Error, EventName = "live.ladder_broken", Message = "Making smaller qualities of live {PublicId} broke; the live goes on without")]
        public static partial void Broken(ILogger logger, Exception exception, string publicId);
    }
}
