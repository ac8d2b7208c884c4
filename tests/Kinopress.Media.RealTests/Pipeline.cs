using System.Globalization;
using Kinopress.Media.Encoding;
using Kinopress.Media.Fmp4;
using Kinopress.Media.Hls;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;

namespace Kinopress.Media.RealTests;

/// <summary>What the product does with a film, without the product: probe, plan, encode, segment, write playlists.</summary>
internal sealed class Pipeline(string folder, string source)
{
    public static readonly RenditionPolicy SmallPolicy = new()
    {
        ShortSides = [240, 180, 120],
        ChunkDuration = TimeSpan.FromSeconds(2),
        SegmentDuration = TimeSpan.FromSeconds(2),
        KeyframeInterval = TimeSpan.FromSeconds(1),
    };

    private readonly Dictionary<string, List<string>> files = [];

    public required ProbedMedia Media { get; init; }

    public required RenditionPlan Plan { get; init; }

    public Dictionary<string, FragmentedFile> Joined { get; } = [];

    public string Master => Path.Combine(folder, "master.m3u8");

    public static async Task<ProbeResult> ProbeAsync(string source)
    {
        var run = await Tool.RunAsync("ffprobe", FfprobeCommand.Arguments(source));
        return FfprobeOutput.Parse(run.Output, ProbeLimits.Default, run.Errors);
    }

    public static async Task<Pipeline> RunAsync(Workbench bench, string source, RenditionPolicy? policy = null)
    {
        var probe = await ProbeAsync(source);
        Assert.Null(probe.Refusal);
        Assert.NotNull(probe.Media);
        var pipeline = new Pipeline(bench.Folder, source)
        {
            Media = probe.Media,
            Plan = RenditionPlan.Create(probe.Media, policy ?? SmallPolicy),
        };
        foreach (var task in pipeline.Plan.Tasks)
        {
            await pipeline.EncodeAsync(task);
        }

        await pipeline.WritePlaylistsAsync();
        return pipeline;
    }

    public string PathOf(string key) => Path.Combine(folder, $"{key}.mp4");

    private async Task EncodeAsync(EncodingTask task)
    {
        string Output(string key) => Path.Combine(folder, $"{key}.{task.ChunkIndex}.part.mp4");
        var run = await Tool.SucceedAsync(
            "ffmpeg", EncodingCommand.Arguments(task, Plan, Media, source, Output, threads: 1));
        var parser = new FfmpegProgressParser();
        Assert.True(run.Output.Split('\n').Select(parser.Consume).OfType<EncodingProgress>().Last().IsEnd);
        foreach (var key in task.Outputs)
        {
            files.TryAdd(key, []);
            files[key].Add(Output(key));
        }
    }

    /// <summary>Each key's chunks behind the first one's header, one file a key.</summary>
    private async Task WritePlaylistsAsync()
    {
        foreach (var (key, parts) in files)
        {
            await using var joined = File.Create(PathOf(key));
            byte[]? init = null;
            foreach (var part in parts)
            {
                var bytes = await File.ReadAllBytesAsync(part);
                var file = await FragmentedFile.ReadAsync(new MemoryStream(bytes), CancellationToken.None);
                var header = bytes[..(int)file.InitSize];
                init ??= header;
                Assert.Equal(init, header);
                await joined.WriteAsync(joined.Length == 0 ? bytes : bytes.AsMemory((int)file.InitSize));
            }
        }

        foreach (var key in files.Keys)
        {
            await using var stream = File.OpenRead(PathOf(key));
            Joined[key] = await FragmentedFile.ReadAsync(stream, CancellationToken.None);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{key}.m3u8"), await MediaPlaylistAsync(key, Joined[key]));
        }

        await File.WriteAllTextAsync(Master, Multivariant().Write());
    }

    private async Task<string> MediaPlaylistAsync(string key, FragmentedFile file)
    {
        var bytes = await File.ReadAllBytesAsync(PathOf(key));
        await File.WriteAllBytesAsync(Path.Combine(folder, $"{key}.init.mp4"), bytes[..(int)file.InitSize]);
        var segments = Segmenter.Group(file, Plan.SegmentDuration);
        for (var i = 0; i < segments.Count; i++)
        {
            var range = bytes.AsMemory((int)segments[i].Offset, (int)segments[i].Size);
            await File.WriteAllBytesAsync(Path.Combine(folder, Name(i)), range);
        }

        return new MediaPlaylist
        {
            IsComplete = true,
            Segments = [.. segments.Select((s, i) => new MediaSegment(Name(i), s.Duration, MapLocation: $"{key}.init.mp4"))],
        }.Write();

        string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"{key}.{i}.m4s");
    }

    private MultivariantPlaylist Multivariant()
    {
        var sound = Plan.Audio is [var first, ..] ? Joined[first.Key].Codecs : null;
        VariantStream[] variants = Plan.Renditions.Count > 0
            ? [.. Plan.Renditions.Select(rendition => new VariantStream
            {
                Location = $"{rendition.Key}.m3u8",
                Width = rendition.Width,
                Height = rendition.Height,
                FrameRate = rendition.FrameRate.Value,
                BandwidthInBitsPerSecond = rendition.MaxBitrateInBitsPerSecond,
                Codecs = sound is null ? Joined[rendition.Key].Codecs : $"{Joined[rendition.Key].Codecs},{sound}",
                AudioGroup = sound is null ? null : "sound",
            })]
            : [new VariantStream
            {
                Location = $"{Plan.Audio[0].Key}.m3u8",
                Width = null,
                Height = null,
                FrameRate = null,
                BandwidthInBitsPerSecond = 200_000,
                Codecs = sound ?? "",
            }];
        return new MultivariantPlaylist
        {
            Variants = variants,
            Audio = Plan.Renditions.Count == 0 ? [] : [.. Plan.Audio.Select(audio => new AudioRendition
            {
                Group = "sound",
                Name = audio.Title ?? audio.Key,
                Language = audio.Language,
                IsDefault = audio.IsDefault,
                Location = $"{audio.Key}.m3u8",
                Channels = audio.Channels,
            })],
        };
    }
}
