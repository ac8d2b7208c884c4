namespace Kinopress.Browser.Tests.Support;

/// <summary>A film for the pictures of the pages.</summary>
/// <param name="Source">What ffmpeg's lavfi draws.</param>
internal sealed record Picture(string Name, string Title, string Source, int Seconds, string Description = "", string Visibility = "public", bool IsPublished = true, params string[] Tags)
{
    public int Tone => 220 + (Title.Length * 7);
}

/// <summary>Films with looks as different as ffmpeg alone can make them.</summary>
internal static class Pictures
{
    private const string Size = "s=1280x720:r=24";

    public static IReadOnlyList<Picture> All { get; } =
    [
        new("fire", "Building a kiln out of river clay and patience", "gradients=" + Size + ":c0=0x1a0500:c1=0xff5a00:c2=0xffd27a:c3=0x5a0a00:n=4:speed=0.02:seed=4", 7, "Three days, four people and one very wet field. The second firing held."),
        new("forest", "What the forest sounds like at four in the morning", "mandelbrot=" + Size + ":start_x=-0.743:start_y=-0.131:start_scale=0.02:end_scale=0.002:end_pts=200,hue=h=110:s=0.8,eq=brightness=-0.08", 6, "Recorded with two microphones and no talking."),
        new("snow", "Ski tour, day two", "life=" + Size + ":mold=10:ratio=0.08:death_color=0x9fc4e8:life_color=0xf4f9ff:mold_color=0x2b4a6f:seed=7,gblur=2", 5, "Fresh snow, a wrong turn and the best lunch of the year."),
        new("desert", "A short history of the salt road, told by the people who still walk it every winter", "gradients=" + Size + ":c0=0xf4c06a:c1=0xc4622d:c2=0x53253a:c3=0x1d1b38:n=4:type=radial:speed=0.01:seed=11", 8, "Part one of four."),
        new("city", "Night tram, line 9", "cellauto=" + Size + ":rule=110:random_seed=5,negate,hue=h=220:s=2,gblur=3,eq=contrast=1.3,colorchannelmixer=.3:.1:.2:0:.1:.2:.4:0:.5:.2:.6", 6, "The whole line, end to end, in the rain."),
        new("aurora", "Northern lights over Abisko", "gradients=" + Size + ":c0=0x02101c:c1=0x0f8a6a:c2=0x79f2c0:c3=0x30206a:n=4:type=spiral:speed=0.02:seed=21", 6, "Forty minutes of sky in two."),
        new("studio", "Live from the basement: Marta and the Tuesday band", "mandelbrot=" + Size + ":start_x=-1.25066:start_y=0.02012:start_scale=0.01:end_scale=0.001:end_pts=200,hue=h=250:s=0.7", 7, "Five songs, one take."),
        new("bread", "Sourdough without a scale", "gradients=" + Size + ":c0=0x5b3414:c1=0xd9a763:c2=0xf7e7c8:n=3:type=circular:speed=0.02:seed=9", 5, "Flour, water, salt, hands."),
        new("garden", "One bed, twelve months", "cellauto=" + Size + ":rule=30:random_seed=8,gblur=4,colorize=hue=95:saturation=0.5:lightness=0.4", 6, "The same frame, every morning."),
        new("lecture", "How a camera sees colour", "rgbtestsrc=" + Size + ",gblur=90,hue=s=0.8", 6, "A talk with three lamps and a prism."),
        new("sea", "Learning to row in a borrowed boat", "gradients=" + Size + ":c0=0x0b3a53:c1=0x3fa7a0:c2=0xf6e3b4:c3=0xe8734a:n=4:type=linear:speed=0.02:seed=61", 6, "It leaks a little."),
        new("draft", "Interview with the lighthouse keeper", "gradients=" + Size + ":c0=0x101820:c1=0x35506b:c2=0xe8d8a8:n=3:speed=0.01:seed=31", 5, IsPublished: false),
        new("private", "Rough cut, do not share", "gradients=" + Size + ":c0=0x301028:c1=0x9a3a6a:c2=0xffb8a0:n=3:type=radial:speed=0.02:seed=41", 5, Visibility: "private"),
        new("tide", "The tide comes in at Bray", "gradients=" + Size + ":c0=0x04121f:c1=0x0e5a80:c2=0x8fd3e8:c3=0xf3e6c0:n=4:speed=0.015:seed=51", 9, "An hour on the stones, from the first wave over the wall to the last of the light.\n\nSound by Marta, with the Tuesday band.", Tags: ["sea", "slow film", "winter"]),
    ];
}
