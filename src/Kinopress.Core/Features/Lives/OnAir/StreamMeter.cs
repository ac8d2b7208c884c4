using System.Globalization;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>Measures what an encoder sends and says what it should change. One writer; see <see cref="Measure"/>.</summary>
public sealed class StreamMeter
{
    private const double RareKeyframesInSeconds = 4.5;
    private const double StutterRatio = 0.8;
    private const double LateRatio = 0.85;
    private const int Windows = 5;

    // Further back than sound and picture are apart, a clock was set, or started anew.
    private const long MaxDisorderInMilliseconds = 1000;

    // Nothing plays longer than this between two frames that count: the clock was set.
    private const long MaxStepInMilliseconds = 10_000;

    private readonly Queue<Window> _windows = new();
    private long _bytes;
    private int _frames;
    private long? _lastKeyframe;
    private TimeSpan? _keyframeInterval;
    private long? _lastTime;
    private long _media;

    /// <summary>Frames per second as the stream itself declares; null when it does not.</summary>
    public double? DeclaredFrameRate { get; set; }

    /// <summary>What cannot be played at all, and why; null when all is well.</summary>
    public LiveAdvice? Complaint { get; set; }

    /// <param name="time">Decode time in milliseconds.</param>
    public void Frame(long time, int sizeInBytes, bool isPicture, bool isKeyframe)
    {
        _bytes += sizeInBytes;
        Pass(time);
        if (!isPicture)
        {
            return;
        }

        _frames++;
        if (isKeyframe)
        {
            _keyframeInterval = _lastKeyframe is { } last && time > last ? TimeSpan.FromMilliseconds(time - last) : _keyframeInterval;
            _lastKeyframe = time;
        }
    }

    /// <summary>An encoder begins, or begins again: its clock and its pace have nothing to do with what was before.</summary>
    public void Restart()
    {
        _windows.Clear();
        (_bytes, _frames, _media) = (0, 0, 0);
        (_lastTime, _lastKeyframe, _keyframeInterval) = (null, null, null);
    }

    /// <summary>Closes a window of measurement; called about once a second, never at the same time as <see cref="Frame"/>.</summary>
    /// <param name="elapsed">Since the last call, by the wall clock.</param>
    public LiveHealth Measure(TimeSpan elapsed)
    {
        _windows.Enqueue(new Window(elapsed, _bytes, _frames, TimeSpan.FromMilliseconds(_media)));
        (_bytes, _frames, _media) = (0, 0, 0);
        if (_windows.Count > Windows)
        {
            _windows.Dequeue();
        }

        var seconds = Math.Max(0.001, _windows.Sum(window => window.Elapsed.TotalSeconds));
        var bitrate = (long)(_windows.Sum(window => window.Bytes) * 8 / seconds);
        var frameRate = Math.Round(_windows.Sum(window => window.Frames) / seconds, 1);
        var pace = _windows.Sum(window => window.Media.TotalSeconds) / seconds;
        return new LiveHealth(bitrate, frameRate, _keyframeInterval, [.. Advice(frameRate, pace)]);
    }

    private void Pass(long time)
    {
        var last = _lastTime ?? time;
        if (time < last - MaxDisorderInMilliseconds)
        {
            (_lastTime, _lastKeyframe) = (time, null);
            return;
        }

        _media += Math.Clamp(time - last, 0, MaxStepInMilliseconds);
        _lastTime = Math.Max(last, time);
    }

    private IEnumerable<LiveAdvice> Advice(double frameRate, double pace)
    {
        if (Complaint is { } complaint)
        {
            yield return complaint;
        }

        if (_windows.Count == Windows && pace < LateRatio)
        {
            yield return new LiveAdvice("connection_too_slow", "The stream arrives slower than it plays: your connection cannot carry it. Lower the bitrate.");
        }

        if (_windows.Count == Windows && DeclaredFrameRate is { } declared && frameRate > 0 && frameRate < declared * StutterRatio)
        {
            yield return new LiveAdvice(
                "frames_missing",
                string.Create(CultureInfo.InvariantCulture, $"Only {frameRate:0} of {declared:0} pictures a second arrive: your encoder or connection is too slow. Lower the resolution or the bitrate."));
        }

        if (_keyframeInterval is { TotalSeconds: > RareKeyframesInSeconds } interval)
        {
            yield return new LiveAdvice(
                "keyframes_too_rare",
                string.Create(CultureInfo.InvariantCulture, $"Your keyframes are {interval.TotalSeconds:0.#} s apart: set 2 s, so that viewers can join sooner and seek better."));
        }
    }

    private sealed record Window(TimeSpan Elapsed, long Bytes, int Frames, TimeSpan Media);
}
