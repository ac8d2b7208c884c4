using Kinopress.Core.Features.Lives;
using Kinopress.Core.Features.Lives.OnAir;
using Kinopress.Core.Features.Videos;
using Kinopress.Core.Foundation;
using Kinopress.Core.Storage;
using Kinopress.Media.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Kinopress.Core.Tests.OnAir;

/// <summary>One quality of a live as it is on air, with a data folder of its own and a clock that a test moves.</summary>
internal sealed class Station : IAsyncDisposable
{
    public const string Folder = "session";

    private const int PayloadInBytes = 1000;
    private const int FrameInMilliseconds = 100;
    private const int FramesBetweenKeyframes = 20;

    private readonly string _root = Directory.CreateTempSubdirectory("kinopress-station-").FullName;
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly byte[] _payload = new byte[PayloadInBytes];
    private int _frames;

    public Station(int dvrWindowInSeconds = 3600)
    {
        var folder = DataFolder.Open(_root);
        Files = new RecordingFiles(folder, new KinopressOptions { ReservedDiskInBytes = 0 });
        var ladders = new LadderTools(
            new ProcessRunner(), new KinopressOptions(), new WorkFolder(folder), new LadderCapacity(1), new LiveEncoders(new ProcessRunner(), new KinopressOptions()), Clock, Logs.For<LadderTools>());
        Tools = new BroadcastTools(_services.GetRequiredService<IServiceScopeFactory>(), Files, new DiskBlobStore(folder), new LiveStatusBoard(), ladders, Clock, Logs.For<Broadcast>());
        Source = new BroadcastRendition(BroadcastRendition.SourceKey, dvrWindowInSeconds, Tools);
        RecordingFolder = Path.Combine(folder.Recordings, Folder);
        Open();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public HeardLogs Logs { get; } = new();

    public RecordingFiles Files { get; }

    public BroadcastTools Tools { get; }

    public BroadcastRendition Source { get; }

    /// <summary>Where the recording grows.</summary>
    public string RecordingFolder { get; }

    private void Open()
    {
        Source.Open(new StartedLiveSession(Id<LiveSession>.New(Clock), 1, Clock.GetUtcNow(), Folder, Id<Video>.New(Clock)), "name", 1000.0 / FrameInMilliseconds);
        Source.Begin(new LiveTracks(Filler.Tracks.Video, Audio: null), Clock.GetUtcNow(), isFiller: false);
    }

    /// <summary>Sends two seconds that begin with a keyframe, and lets the clock pass.</summary>
    public void SendSegment(Action<AccessUnit>? onUnit = null)
    {
        for (var frame = 0; frame < FramesBetweenKeyframes; frame++)
        {
            var unit = new AccessUnit(LiveTrack.Video, _frames++ * FrameInMilliseconds, 0, frame == 0, _payload);
            Source.Write(unit);
            onUnit?.Invoke(unit);
        }

        Clock.Advance(TimeSpan.FromMilliseconds(FramesBetweenKeyframes * FrameInMilliseconds));
        Source.Tidy();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var rendition in Source.All)
        {
            await rendition.CompleteRecordingAsync();
        }

        await _services.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }
}

/// <summary>What was logged, to be counted.</summary>
internal sealed class HeardLogs : ILogger
{
    private readonly Lock _gate = new();
    private readonly List<string> _events = [];

    public int Count(string eventName)
    {
        lock (_gate)
        {
            return _events.Count(name => name == eventName);
        }
    }

    public ILogger<T> For<T>() => new Named<T>(this);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
        {
            _events.Add(eventId.Name ?? "");
        }
    }

    private sealed class Named<T>(HeardLogs logs) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logs.Log(logLevel, eventId, state, exception, formatter);
    }
}
