using Kinopress.Media.Encoding;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;
using static Kinopress.Media.Tests.Samples;

namespace Kinopress.Media.Tests.Encoding;

public sealed class CommandTests
{
    private const string Guards =
        "-protocol_whitelist file -format_whitelist mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,ogg,wav,w64,mp3,aac,flac,asf,mxf,ac3,eac3,dv,ivf,aiff,caf -probesize 50000000 -analyzeduration 20000000";

    private const string Common = "-hide_banner -nostdin -v error -y -progress pipe:1 -nostats";

    private const string Fragmented =
        "-map_metadata -1 -map_metadata:s -1 -map_chapters -1 -avoid_negative_ts disabled";

    [Fact]
    public void A_copy_puts_every_track_into_a_file_of_its_own()
    {
        var arguments = Arguments(Film(Picture(), 100, Sound()), "copy", threads: 0);

        Assert.Equal(
            $"{Common} -copyts -noaccurate_seek {Guards} -i file:/in"
            + $" -map 0:0 -c copy {Fragmented} -video_track_timescale 90000 -movflags +empty_moov+default_base_moof+cmaf+frag_discont+frag_keyframe -f mp4 /out/1080p"
            + $" -map 0:1 -c copy -bsf:a noise=drop=lt(pts\\,0) {Fragmented} -movflags +empty_moov+default_base_moof+cmaf+frag_discont -frag_duration 2000000 -f mp4 /out/audio-0",
            arguments);
    }

    [Fact]
    public void A_chunk_is_decoded_once_and_cut_at_exact_times()
    {
        var media = Film(Picture(320, 240) with { Codec = "mpeg4" }, 150) with { StartTime = TimeSpan.FromSeconds(1.4) };

        var arguments = Arguments(media, "first-1", threads: 2, Policy([240, 120]));

        Assert.Equal(
            $"{Common} -filter_complex_threads 2 -copyts -threads 2 -noaccurate_seek -itsoffset -1.399999 -ss 50 {Guards} -i file:/in"
            + " -filter_complex [0:0]trim=start=60:end=120,split=1[s0];[s0]scale=160:120:flags=bicubic,setsar=1,format=yuv420p[v0]"
            + " -map [v0] -threads 2 -c:v libx264 -preset veryfast -profile:v high -pix_fmt yuv420p -crf 24 -maxrate 153600 -bufsize 307200"
            + " -g 999 -sc_threshold 0 -x264-params open-gop=0"
            + " -force_key_frames expr:if(isnan(prev_forced_t),1,gt(floor(t/2+0.00001),floor(prev_forced_t/2+0.00001)))"
            + $" -fps_mode passthrough -enc_time_base 1:90000 {Fragmented} -video_track_timescale 90000"
            + " -movflags +empty_moov+default_base_moof+cmaf+frag_discont+frag_keyframe -f mp4 /out/120p",
            arguments);
    }

    [Fact]
    public void Hdr_is_mapped_once_for_all_renditions()
    {
        var media = Film(Picture(1280, 720) with { Hdr = HdrKind.Pq, Codec = "hevc" }, 30);

        var arguments = Arguments(media, "ladder-0", threads: 0);

        Assert.Single(arguments.Split("tonemap=tonemap=").Skip(1));
        Assert.Contains("split=3", arguments, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_read_block_by_block()
    {
        var parser = new FfmpegProgressParser();

        Assert.Null(parser.Consume("out_time_us=90500000"));
        Assert.Null(parser.Consume("speed=1.25x"));
        var progress = parser.Consume("progress=continue");
        var end = parser.Consume("progress=end");

        Assert.Equal(new EncodingProgress(TimeSpan.FromSeconds(90.5), 1.25, IsEnd: false), progress);
        Assert.True(end?.IsEnd);
    }

    [Fact]
    public void Encoders_and_version_are_read()
    {
        var encoders = FfmpegCapabilities.Parse("Encoders:\n V..... = Video\n ------\n V....D libx264   H.264\n A..... aac  AAC\n");

        Assert.True(encoders.IsSufficient);
        Assert.Equal(["libx264", "aac"], encoders.Names);
        Assert.Equal(new FfmpegVersion(5, 1, "5.1.9-0+deb12u1"), FfmpegVersion.Parse("ffmpeg version 5.1.9-0+deb12u1 Copyright (c)\n"));
        Assert.Equal(7, FfmpegVersion.Parse("ffmpeg version n7.1 Copyright")?.Major);
        Assert.Null(FfmpegVersion.Parse("bash: no"));
    }

    [Fact]
    public void A_storyboard_names_every_tile_once()
    {
        var layout = StoryboardLayout.Create(Film(Picture(), 45));
        Assert.NotNull(layout);

        var text = StoryboardVtt.Write(layout, TimeSpan.FromSeconds(45), sheet => $"sheet-{sheet}.jpg");

        Assert.Equal((10, 3, 160, 90, 23), (layout.Columns, layout.Rows, layout.TileWidth, layout.TileHeight, layout.TileCount));
        Assert.StartsWith("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nsheet-0.jpg#xywh=0,0,160,90\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n00:00:44.000 --> 00:00:45.000\nsheet-0.jpg#xywh=320,180,160,90\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_storyboard_of_a_part_starts_at_zero()
    {
        var layout = StoryboardLayout.Create(Film(Picture(), 45));
        Assert.NotNull(layout);

        var text = StoryboardVtt.Write(layout, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(9), sheet => $"sheet-{sheet}.jpg");

        Assert.Equal(
            "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nsheet-0.jpg#xywh=320,0,160,90\n\n00:00:01.000 --> 00:00:03.000\nsheet-0.jpg#xywh=480,0,160,90\n"
            + "\n00:00:03.000 --> 00:00:04.000\nsheet-0.jpg#xywh=640,0,160,90\n",
            text);
    }

    [Fact]
    public void Chapters_last_until_the_next_and_no_title_adds_a_cue()
    {
        var text = ChaptersVtt.Write([new Chapter(TimeSpan.Zero, "A\n\n00:00:00.000 --> 00:00:01.000\nB"), new Chapter(TimeSpan.FromHours(1.5), "<b>&")], TimeSpan.FromHours(2));

        Assert.Equal("WEBVTT\n\n00:00:00.000 --> 01:30:00.000\nA  00:00:00.000 --&gt; 00:00:01.000 B\n\n01:30:00.000 --> 02:00:00.000\n&lt;b&gt;&amp;\n", text);
        Assert.Equal("WEBVTT\n", ChaptersVtt.Write([new Chapter(TimeSpan.FromSeconds(9), "Beyond")], TimeSpan.FromSeconds(9)));
    }

    private static RenditionPolicy Policy(IReadOnlyList<int> shortSides) => new() { ShortSides = shortSides };

    private static string Arguments(ProbedMedia media, string key, int threads, RenditionPolicy? policy = null)
    {
        var plan = RenditionPlan.Create(media, policy ?? RenditionPolicy.Default);
        var task = plan.Tasks.Single(task => task.Key == key);
        return string.Join(' ', EncodingCommand.Arguments(task, plan, media, "/in", output => $"/out/{output}", threads));
    }

    [Fact]
    public void What_a_page_records_has_no_way_out_of_the_pipe()
    {
        var arguments = LiveTranscodeCommand.Arguments.ToList();
        var input = arguments.IndexOf("-i");

        Assert.Equal("pipe:0", arguments[input + 1]);
        Assert.Equal("pipe", After(arguments, "-protocol_whitelist", input));
        Assert.Equal("matroska,webm", After(arguments, "-format_whitelist", input));
        Assert.Equal("matroska", After(arguments, "-f", input));
        Assert.Equal("pipe:1", arguments[^1]);
    }

    private static string After(List<string> arguments, string option, int before)
    {
        var at = arguments.IndexOf(option);
        Assert.InRange(at, 0, before - 1);
        return arguments[at + 1];
    }
}
