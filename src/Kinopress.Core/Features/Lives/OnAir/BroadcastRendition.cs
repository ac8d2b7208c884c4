using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Bitstreams;
using Kinopress.Media.Hls;
using Kinopress.Media.Live;

namespace Kinopress.Core.Features.Lives.OnAir;

/// <summary>
/// One quality of a live: its packager, its playlist and its bytes. The source decides where is cut, the others follow it.
/// Written by the broadcast's turn; what viewers read are snapshots that never change.
/// </summary>
public sealed class BroadcastRendition
{
    /// <summary>The quality that is passed on as it comes.</summary>
    public const string SourceKey = "source";

    // Parts are offered for three target durations (RFC 8216bis §6.2.2); a little more for whoever is late.
    private const int PartsKeptInTargetDurations = 4;
    private const int SegmentsKeptBeyondWindow = 3;

    private readonly int _dvrWindowInSeconds;
    private readonly BroadcastTools _tools;
    private readonly SegmentStore _store = new();
    private readonly LiveTimeline _timeline = new();
    private readonly Signal _changed = new();
    private readonly LiveFollower? _follower;
    private readonly BroadcastRendition? _leader;
    private readonly List<long> _discontinuities = [];
    private volatile BroadcastRendition[] _followers = [];
    private volatile BroadcastRendition[] _offered;
    private volatile BroadcastRendition[] _all;
    private LiveSegmenter _segmenter = new(LiveTargets.Default);
    private LiveWindowOptions? _options;
    private StartedLiveSession? _session;
    private LiveWindow? _window;
    private VideoConfiguration? _encoder;
    private RenditionRecorder? _recorder;
    private readonly Queue<LiveSegment> _inMemory = new();
    private bool _isFiller;
    private bool _isRetired;
    private TimeSpan _end;
    private volatile LivePlaylist? _playlist;

    internal BroadcastRendition(string key, int dvrWindowInSeconds, BroadcastTools tools) =>
        (Key, _dvrWindowInSeconds, _tools, _offered, _all) = (key, dvrWindowInSeconds, tools, [this], [this]);

    private BroadcastRendition(string key, BroadcastRendition leader, int promisedBitrate)
        : this(key, leader._dvrWindowInSeconds, leader._tools) =>
        (_leader, _follower, _options, PromisedBitrateInBitsPerSecond) = (leader, new LiveFollower(), leader._options, promisedBitrate);

    /// <summary>Its name in addresses.</summary>
    public string Key { get; }

    /// <summary>What can be played now; null before the first part.</summary>
    public LivePlaylist? Playlist => _playlist;

    /// <summary>What it consists of; null before it has begun.</summary>
    public LiveTracks? Tracks { get; private set; }

    /// <summary>Highest bit rate of any segment so far, in bits per second; 0 before the first.</summary>
    public int PeakBitrateInBitsPerSecond => _window?.PeakBitrateInBitsPerSecond ?? 0;

    /// <summary>The newest whole segment of the encoder's picture that can be decoded by itself; null before there is one.</summary>
    internal LiveSegment? NewestPicture { get; private set; }

    /// <summary>What it will not exceed, with sound; null where nobody promised.</summary>
    public int? PromisedBitrateInBitsPerSecond { get; }

    /// <summary>This one and those made of it, the best first. They may not play yet. Another list after each change.</summary>
    internal IReadOnlyList<BroadcastRendition> Offered => _offered;

    /// <summary>Also those that were given up.</summary>
    internal IReadOnlyList<BroadcastRendition> All => _all;

    internal bool RecordingFailed => _recorder?.HasFailed == true;

    /// <summary>Of all parts in memory, in bytes.</summary>
    internal long SizeInMemory => _store.SizeInMemory;

    /// <summary>Completes at the next change after this is read.</summary>
    public Task WhenChanged => _changed.WhenRaised;

    /// <summary>Null when there is no such init.</summary>
    public ReadOnlyMemory<byte>? FindInit(int number) => _store.FindInit(number);

    /// <summary>Null when it is not in memory. The caller releases it.</summary>
    public SharedBytes? FindPart(long mediaSequence, int index) => _store.FindPart(mediaSequence, index);

    /// <summary>A whole segment from memory, each part to be released by the caller; null when it is not there.</summary>
    public IReadOnlyList<SharedBytes>? FindSegment(long mediaSequence) =>
        mediaSequence <= _playlist?.LastMediaSequence ? _store.FindParts(mediaSequence) : null;

    /// <summary>Where an older segment lies; null when it is not there.</summary>
    public SegmentFile? FindFile(long mediaSequence) => _store.FindFile(mediaSequence);

    internal void Open(StartedLiveSession session, string name, double? frameRate)
    {
        var targets = LiveTargets.For(frameRate);
        _segmenter = new LiveSegmenter(targets);
        _options = new LiveWindowOptions { Targets = targets, Prefix = $"{name}/", Window = TimeSpan.FromSeconds(_dvrWindowInSeconds) };
        _window = new LiveWindow(_options);
        _session = session;
        _recorder = new RenditionRecorder(session.RecordingFolder, Key, _tools, _store);
    }

    /// <summary>Another quality, cut where this one is. It plays once its encoder has begun.</summary>
    /// <param name="promisedBitrate">In bits per second.</param>
    internal BroadcastRendition AddFollower(string key, int promisedBitrate)
    {
        var follower = new BroadcastRendition(key, this, promisedBitrate);
        follower._recorder = _session is { } session ? new RenditionRecorder(session.RecordingFolder, key, _tools, follower._store) : null;
        _followers = [.. _followers, follower];
        (_offered, _all) = ([this, .. _followers], [.. _all, follower]);
        return follower;
    }

    /// <summary>A follower that nobody makes any more is not on offer; its playlist ends, so that players change to another.</summary>
    internal void Retire(BroadcastRendition follower)
    {
        _followers = [.. _followers.Where(one => one != follower)];
        _offered = [this, .. _followers];
        follower._follower?.Flush();
        follower.Collect();
        follower.EndWindow();
        follower._isRetired = true;
    }

    /// <summary>A follower's encoder begins, or sends something else from now on.</summary>
    internal void BeginEncoder(VideoConfiguration video)
    {
        _encoder = video;
        if (!_isRetired && _leader is { _isFiller: false })
        {
            BeginFollowing(new LiveTracks(video, _leader.Tracks?.Audio), isFiller: false);
        }
    }

    /// <param name="unit">A follower's picture, in the session's media time.</param>
    internal void AppendEncoded(AccessUnit unit)
    {
        if (!_isRetired && _leader is { _isFiller: false })
        {
            _follower?.Append(unit);
            Collect();
        }
    }

    /// <summary>A follower's encoder is gone. What it sent can be played; after that there is a gap.</summary>
    internal void EndEncoder()
    {
        _encoder = null;
        if (_leader is { _isFiller: false })
        {
            _follower?.Flush();
            Collect();
        }
    }

    /// <summary>Nothing more will come from anybody.</summary>
    internal void EndFollowers()
    {
        foreach (var follower in _followers)
        {
            follower._follower?.Flush();
            follower.Collect();
            follower.EndWindow();
        }
    }

    /// <summary>Begins a stretch that is decoded anew.</summary>
    internal void Begin(LiveTracks tracks, DateTimeOffset programDateTime, bool isFiller)
    {
        Collect(); // what is left of the stretch before belongs to it
        _segmenter.Begin(tracks, programDateTime);
        Collect();
        Tracks = isFiller ? Tracks : tracks;
        _isFiller = isFiller;
        foreach (var follower in _followers)
        {
            follower.FollowInto(tracks, isFiller);
        }
    }

    /// <summary>When in the session's media time something happens. Called once for each unit, in order.</summary>
    /// <param name="unit">On the encoder's clock.</param>
    internal LiveMoment Place(in AccessUnit unit) => _timeline.Map(unit.Track, unit.DecodeTime);

    /// <param name="placed">In the session's media time: see <see cref="Place"/>.</param>
    internal void Write(AccessUnit placed)
    {
        _segmenter.Append(placed);
        Collect();
        foreach (var follower in _followers)
        {
            follower.Share(placed, _isFiller);
        }
    }

    /// <summary>Another encoder, or the same again: its clock has nothing to do with the one before.</summary>
    internal void Reconnect(TimeSpan pause) => _timeline.Reconnect(pause);

    /// <summary>Ends the stretch: everything that was sent can be played.</summary>
    internal void Flush()
    {
        _segmenter.Flush();
        Collect();
    }

    /// <summary>Nothing more will come.</summary>
    internal void End()
    {
        Flush();
        EndWindow();
    }

    /// <summary>Lets go of memory that is on disk, and forgets what left the window.</summary>
    internal void Tidy()
    {
        if (_window is null)
        {
            return;
        }

        var now = _isRetired && _leader is not null ? _leader._end : _end;
        while (_inMemory.TryPeek(out var oldest) && now - oldest.End > TimeSpan.FromSeconds(PartsKeptInTargetDurations * _options?.Targets.TargetDurationInSeconds ?? 0))
        {
            _inMemory.Dequeue();
            Release(oldest.MediaSequence + 1, _window);
        }

        // A player that has just been told of a segment may still ask for it.
        _store.RemoveBefore(_window.FirstMediaSequence - SegmentsKeptBeyondWindow);
    }

    /// <summary>Deletes from the disk what left the window of each quality, for a live that keeps nothing. Takes no turn: disks are slow.</summary>
    internal void DeleteOld()
    {
        foreach (var rendition in _all)
        {
            rendition._recorder?.DeleteBefore((rendition._playlist?.FirstMediaSequence ?? 0) - SegmentsKeptBeyondWindow);
        }
    }

    internal Task<IReadOnlyList<RecordedChunk>> CompleteRecordingAsync() =>
        _recorder?.CompleteAsync() ?? Task.FromResult<IReadOnlyList<RecordedChunk>>([]);

    /// <summary>Lets go of memory. What the disk did not take either is no longer offered.</summary>
    private void Release(long before, LiveWindow window)
    {
        if (_store.ReleaseBefore(before, lost: before - RenditionRecorder.MaxWaiting) is { } nowhere)
        {
            window.RemoveBefore(nowhere + 1);
            Publish(window);
        }
    }

    /// <summary>Gives all memory back.</summary>
    internal void Release() => _store.RemoveBefore(long.MaxValue);

    // The card that stands in for an encoder which is away needs no encoder of its own.
    private void FollowInto(LiveTracks leader, bool isFiller)
    {
        if (isFiller || _encoder is not null)
        {
            BeginFollowing(isFiller ? leader : new LiveTracks(_encoder, leader.Audio), isFiller);
            return;
        }

        _follower?.Flush();
        Collect();
        _isFiller = false;
    }

    private void BeginFollowing(LiveTracks tracks, bool isFiller)
    {
        _follower?.Begin(tracks);
        Collect(); // what is left of the stretch before belongs to it
        Tracks = isFiller ? Tracks : tracks;
        _isFiller = isFiller;
    }

    private void Share(AccessUnit placed, bool isFiller)
    {
        if (isFiller || placed.Track == LiveTrack.Audio)
        {
            _follower?.Append(placed);
            Collect();
        }
    }

    private void Follow(LiveOutput leader)
    {
        _follower?.Follow(leader);
        Collect();
    }

    private void EndWindow()
    {
        if (_window is { HasStarted: true })
        {
            _window.End();
            Publish(_window);
            return;
        }

        _changed.Raise(); // whoever waits for the first part waits for nothing
    }

    private void Collect()
    {
        var hasChanged = false;
        while (_follower?.TryTake(out var output) ?? _segmenter.TryTake(out output))
        {
            Take(output);
            hasChanged = true;
        }

        if (hasChanged && _window is { HasStarted: true } window)
        {
            Publish(window);
        }
    }

    private void Publish(LiveWindow window)
    {
        var others = _leader is null ? _followers : [_leader, .. _leader._followers];
        _playlist = window.Render([.. others.Where(other => other != this && other._window is { HasStarted: true }).Select(other => other.Report())]);
        _changed.Raise();
    }

    // Only of those whose window has begun.
    private RenditionReport Report() => _window?.Report($"../{Key}/index.m3u8") ?? new RenditionReport($"../{Key}/index.m3u8", 0, LastPart: null);

    /// <summary>A follower's window begins with its first part, and knows how many stretches it missed.</summary>
    private LiveWindow? OpenWindow(LiveOutput output) => output is LivePart part && _options is not null && _leader is not null
        ? new LiveWindow(_options with { FirstDiscontinuity = _leader._discontinuities.Count(at => at < part.MediaSequence) })
        : null;

    private void Take(LiveOutput output)
    {
        _window ??= OpenWindow(output);
        _window?.Add(output);
        switch (output)
        {
            case LiveInit init:
                _store.Add(init);
                _recorder?.Begin(init, _isFiller);
                break;
            case LivePart part:
                _store.Add(part);
                if (part is { Index: 0, IsDiscontinuity: true })
                {
                    _discontinuities.Add(part.MediaSequence);
                }

                break;
            case LiveSegment segment:
                _end = segment.End;
                _inMemory.Enqueue(segment);
                NewestPicture = segment is { IsIndependent: true, IsGap: false } && !_isFiller && Tracks?.Video is not null ? segment : NewestPicture;
                _recorder?.Add(segment, _store.FindParts(segment.MediaSequence) ?? []);
                break;
        }

        foreach (var follower in _followers)
        {
            follower.Follow(output);
        }
    }
}
