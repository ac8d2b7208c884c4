using System.Text.Json;
using CsCheck;
using Kinopress.Media.Planning;
using Kinopress.Media.Probing;
using static Kinopress.Media.Tests.Samples;

namespace Kinopress.Media.Tests.Planning;

public sealed class TaskTests
{
    private static readonly Gen<ProbedMedia> Films =
        Gen.Select(Gen.Int[2, 9000], Gen.Int[2, 9000], Gen.Double[1, 300], Gen.Double[0.1, 90000], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool)
            .Select((width, height, rate, seconds, quarter, tracks, copyable) => Film(
                Picture(width, height, rate) with { Rotation = quarter * 90, Codec = copyable ? "h264" : "mpeg4" },
                seconds,
                [.. Enumerable.Range(1, tracks).Select(index => Sound(index, index == 2 ? "ac3" : "aac", index * 2))]));

    [Fact]
    public void Every_plan_is_sound()
    {
        Films.Sample(media =>
        {
            var plan = RenditionPlan.Create(media, RenditionPolicy.Default);
            var video = media.Video ?? throw new InvalidOperationException();

            Assert.NotEmpty(plan.Renditions);
            Assert.All(plan.Renditions, r => Assert.True(r.Width <= video.DisplayWidth && r.Height <= video.DisplayHeight));
            Assert.All(plan.Renditions, r => Assert.True(r.Width % 2 == 0 && r.Height % 2 == 0));
            Assert.All(plan.Renditions, r => Assert.True(r.FrameRate.Value <= 61 && r.MaxBitrateInBitsPerSecond > 0));
            var keys = plan.Renditions.Select(r => r.Key).Concat(plan.Audio.Select(a => a.Key)).ToList();
            Assert.Distinct(keys);
            Assert.Distinct(plan.Tasks.Select(task => task.Key));
            Assert.All(plan.Tasks, task => Assert.True(task.Cost > 0));
            Assert.Equal(keys.Order(), plan.Tasks.SelectMany(task => task.Outputs).Distinct().Order());
            Assert.All(keys, key => Assert.True(TilesTheFilm([.. plan.Tasks.Where(task => task.Outputs.Contains(key))])));
            Assert.Equal(plan.Audio.Count == 0 ? 0 : 1, plan.Audio.Count(a => a.IsDefault));
        }, iter: 2000);
    }

    [Fact]
    public void A_copy_comes_first_then_sound_then_the_ladder_in_one_group()
    {
        var media = Film(Picture(), 150, Sound(), Sound(2, "ac3", 6));

        var plan = RenditionPlan.Create(media, RenditionPolicy.Default);

        Assert.Equal(["copy", "audio-1", "ladder-0", "ladder-1", "ladder-2"], plan.Tasks.Select(task => task.Key));
        Assert.Equal(["1080p", "audio-0"], plan.Tasks[0].Outputs);
        Assert.Equal(["720p", "480p", "360p", "240p"], plan.Tasks[2].Outputs);
    }

    [Fact]
    public void Without_a_copy_the_lowest_rendition_goes_first()
    {
        var media = Film(Picture() with { Codec = "mpeg4" }, 100, Sound(1, "mp3"));

        var plan = RenditionPlan.Create(media, RenditionPolicy.Default);

        Assert.Equal(["audio-0", "first-0", "first-1", "ladder-0", "ladder-1"], plan.Tasks.Select(task => task.Key));
        Assert.Equal(["240p"], plan.Tasks[1].Outputs);
        Assert.Equal(["1080p", "720p", "480p", "360p"], plan.Tasks[3].Outputs);
        Assert.Equal(TimeSpan.FromSeconds(60), plan.Tasks[1].End);
        Assert.Null(plan.Tasks[2].End);
    }

    [Theory]
    [InlineData(61, 1)]
    [InlineData(89, 1)]
    [InlineData(91, 2)]
    [InlineData(3600, 60)]
    public void A_short_tail_joins_the_chunk_before_it(double seconds, int chunks)
    {
        var plan = RenditionPlan.Create(Film(Picture() with { Codec = "mpeg4" }, seconds), RenditionPolicy.Default);

        Assert.All(plan.Tasks, task => Assert.Equal(chunks, task.ChunkCount));
    }

    [Fact]
    public void An_audio_only_film_has_only_sound()
    {
        var plan = RenditionPlan.Create(Film(null, 100, Sound(), Sound(2, "flac", 1)), RenditionPolicy.Default);

        Assert.Empty(plan.Renditions);
        Assert.Equal(["copy", "audio-1"], plan.Tasks.Select(task => task.Key));
    }

    [Fact]
    public void Surround_is_mixed_down_unless_copied()
    {
        var media = Film(Picture(), 100, Sound(1, "ac3", 6), Sound(2, "aac", 6));

        var plan = RenditionPlan.Create(media, RenditionPolicy.Default);

        Assert.Equal([2, 6], plan.Audio.Select(audio => audio.Channels));
    }

    [Fact]
    public void Film_and_plan_survive_JSON()
    {
        var media = Film(Picture(rate: 29.97), 100, Sound(), Sound(2, "ac3", 6));
        var plan = RenditionPlan.Create(media, RenditionPolicy.Default);

        Assert.Equal(JsonSerializer.Serialize(media), RoundTrip(media));
        Assert.Equal(JsonSerializer.Serialize(plan), RoundTrip(plan));
    }

    private static string RoundTrip<T>(T value) => JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value)));

    private static bool TilesTheFilm(IReadOnlyList<EncodingTask> tasks) =>
        tasks[0].Start == TimeSpan.Zero
        && tasks[^1].End is null
        && tasks.Zip(tasks.Skip(1)).All(pair => pair.First.End == pair.Second.Start && pair.First.End > pair.First.Start)
        && tasks.Select((task, number) => task.ChunkIndex == number && task.ChunkCount == tasks.Count).All(fits => fits);
}
