using System.Buffers;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Flv;
using Kinopress.Media.Planning;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>How one run of ffmpeg ended.</summary>
internal enum LadderEnding
{
    /// <summary>The live is over, or the source sends something else from now on.</summary>
    InputEnded,

    /// <summary>It ended by itself, or never started.</summary>
    Exited,

    /// <summary>It took input and put nothing out.</summary>
    Stuck,

    /// <summary>It cannot keep up with the source.</summary>
    TooSlow,
}

/// <summary>One run of ffmpeg: what goes in, what comes out, and whether it keeps up.</summary>
internal sealed class LadderRun(Broadcast broadcast, LadderTools tools, PacketSubscription input) : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InputFlows = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(3);
    private const int SlowWindowInLooks = 10;
    private const int MaxSlowWindows = 3;

    private readonly KeyframeDelays _delays = new();
    private readonly ArrayBufferWriter<byte> _tag = new();
    private readonly CancellationTokenSource _killed = new();
    private long _readAt;
    private long _pictureAt;
    private bool _isWriting;
    private LadderEnding _ending = LadderEnding.Exited;

    /// <summary>What ffmpeg said last, for the log.</summary>
    public string Complaints { get; private set; } = "";

    /// <param name="renditions">One a rung, in the same order.</param>
    public async Task<LadderEnding> EncodeAsync(
        WorkSpace space, IReadOnlyList<LiveRung> rungs, IReadOnlyList<BroadcastRendition> renditions, bool isPortrait, CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _killed.Token);
        using var gone = new CancellationTokenSource();
        var outputs = renditions.Select((rendition, index) => new LadderOutput(space.FileFor(index.ToString(System.Globalization.CultureInfo.InvariantCulture)), broadcast, rendition, _delays)).ToList();
        var reading = Task.WhenAll(outputs.Select(output => output.ReadAsync(() => _pictureAt = tools.Clock.GetTimestamp(), gone.Token)));
        var watching = WatchAsync(gone.Token);
        try
        {
            var outcome = await tools.EncodeAsync(rungs, isPortrait, [.. outputs.Select(output => output.Path)], FeedAsync, stopping.Token);
            Complaints = outcome.ErrorOutput;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It was killed.
        }
        catch (ProgramMissingException exception)
        {
            Complaints = exception.Message;
        }
        finally
        {
            gone.CancelAfter(DrainPatience); // its last pictures are on their way
            await reading;
            await gone.CancelAsync();
            await watching;
            outputs.ForEach(output => output.Dispose());
        }

        return _ending;
    }

    public void Dispose() => _killed.Dispose();

    private async Task FeedAsync(Stream stream, CancellationToken cancellationToken)
    {
        FlvWriter.FileHeader(_tag, hasVideo: true, hasAudio: false);
        var isConfigured = false;
        while (await input.ReadAsync(cancellationToken) is { } packet)
        {
            try
            {
                if (packet.Type != FlvTagType.Video)
                {
                    continue;
                }

                if (packet.Kind == BroadcastPacketKind.Configuration && isConfigured)
                {
                    break; // another run begins with it
                }

                isConfigured = true;
                Note(packet);
                FlvWriter.Tag(_tag, packet.Type, packet.Milliseconds, packet.Bytes.Memory.Span);
            }
            finally
            {
                packet.Bytes.Release();
            }

            _isWriting = true;
            await stream.WriteAsync(_tag.WrittenMemory, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            _isWriting = false;
            _tag.ResetWrittenCount();
        }

        _ending = LadderEnding.InputEnded;
        _killed.CancelAfter(OutputPatience); // it ends by itself much sooner
    }

    private void Note(in BroadcastPacket packet)
    {
        _readAt = tools.Clock.GetTimestamp();
        if (packet.IsKeyframe)
        {
            _delays.Add(packet.Milliseconds, FlvBody.ParseVideo(packet.Bytes.Memory.Span).CompositionOffset);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var startedAt = tools.Clock.GetTimestamp();
        var (looks, slowWindows, dropped) = (0, 0, input.DroppedFrames);
        using var timer = new PeriodicTimer(LookEvery, tools.Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (++looks % SlowWindowInLooks == 0)
                {
                    slowWindows = input.DroppedFrames > dropped ? slowWindows + 1 : 0;
                    dropped = input.DroppedFrames;
                }

                var ending = IsStuck(startedAt) ? LadderEnding.Stuck : slowWindows == MaxSlowWindows ? LadderEnding.TooSlow : LadderEnding.Exited;
                if (ending != LadderEnding.Exited && _ending == LadderEnding.Exited)
                {
                    _ending = ending;
                    await _killed.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
    }

    private bool IsStuck(long startedAt)
    {
        var clock = tools.Clock;
        var hasInput = _isWriting || (_readAt != 0 && clock.GetElapsedTime(_readAt) < InputFlows);
        return hasInput && (_pictureAt == 0 ? clock.GetElapsedTime(startedAt) > StartPatience : clock.GetElapsedTime(_pictureAt) > OutputPatience);
    }
}
