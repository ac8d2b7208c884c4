using System.Net;
using System.Net.Http.Headers;
using Kinopress.Client;
using Kinopress.Core.Foundation;
using Kinopress.Server.Tests.Support;
using Kinopress.Testing;

namespace Kinopress.Server.Tests.Chat;

/// <summary>What is no emote, and who adds none. Nothing of it is kept.</summary>
public sealed class EmoteRefusalTests
{
    private const string Damaged = "damaged";

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("two words")]
    [InlineData("caf\u00e9")]
    [InlineData("<b>bold</b>")]
    [InlineData("twenty_one_characters")]
    public async Task A_name_is_2_to_20_letters_digits_and_underscores(string name)
    {
        await using var site = await EmoteSite.StartAsync();
        var owner = await site.ChatAsync("owner");

        var refused = await Refusals.RefusedAsync(() => owner.AddEmoteAsync(name));

        Assert.Equal(("chat.emote_invalid", 400), (refused.Code, refused.Status));
        Assert.Contains("2 to 20 letters", Assert.Single(refused.Errors?["name"] ?? []), StringComparison.Ordinal);
        await NothingIsKeptAsync(site);
    }

    [Theory]
    [InlineData("heart")]
    [InlineData("Heart")]
    [InlineData("WAVE2")]
    public async Task A_name_is_taken_once(string name)
    {
        await using var site = await EmoteSite.StartAsync();
        var owner = await site.ChatAsync("owner");
        await owner.AddEmoteAsync("wave2");

        var refused = await Refusals.RefusedAsync(() => owner.AddEmoteAsync(name, EmoteSite.Png(mark: 1)));

        Assert.Equal(("chat.emote_name_taken", 409), (refused.Code, refused.Status));
        Assert.Equal(4, site.EmoteFiles().Count);
        Assert.Single(site.Processes.Encodings);
    }

    [Fact]
    public async Task Of_two_who_are_quick_one_gets_the_name_and_nothing_is_left_of_the_other()
    {
        await using var site = await EmoteSite.StartAsync();
        var (owner, moderator) = (await site.ChatAsync("owner"), await site.ChatAsync("moderator"));

        var tries = await Task.WhenAll(new[] { owner, moderator, owner, moderator }.Select(async (chat, number) =>
        {
            try
            {
                await chat.AddEmoteAsync("wave2", EmoteSite.Png(mark: (byte)number));
                return null;
            }
            catch (KinopressApiException refused)
            {
                return refused.Problem.Code;
            }
        }));

        Assert.Equal([null, "chat.emote_name_taken", "chat.emote_name_taken", "chat.emote_name_taken"], tries.Order(StringComparer.Ordinal));
        Assert.Single((await owner.ListEmotesAsync()).Items);
        Assert.Equal(4, site.EmoteFiles().Count);
    }

    [Fact]
    public async Task A_site_has_a_hundred()
    {
        await using var site = await EmoteSite.StartAsync();
        var owner = await site.ChatAsync("owner");
        for (var number = 0; number < 100; number++)
        {
            await owner.AddEmoteAsync($"emote_{number}");
        }

        var refused = await Refusals.RefusedAsync(() => owner.AddEmoteAsync("one_more"));

        Assert.Equal(("chat.emote_too_many", 409), (refused.Code, refused.Status));
        Assert.Equal(100, (await owner.ListEmotesAsync()).Items.Count);
    }

    [Theory]
    [InlineData("text", "chat.emote_not_a_picture", 422)]
    [InlineData("svg", "chat.emote_not_a_picture", 422)]
    [InlineData("playlist", "chat.emote_not_a_picture", 422)]
    [InlineData("film", "chat.emote_not_a_picture", 422)]
    [InlineData(Damaged, "chat.emote_not_a_picture", 422)]
    [InlineData("wide", "chat.emote_too_many_pixels", 422)]
    [InlineData("high", "chat.emote_too_many_pixels", 422)]
    [InlineData("long", "chat.emote_too_many_frames", 422)]
    [InlineData("large", "chat.emote_too_large", 413)]
    [InlineData("huge", "chat.emote_too_large", 413)]
    [InlineData("empty", "chat.emote_invalid", 400)]
    public async Task A_file_that_is_no_emote_is_refused_before_a_program_opens_it(string kind, string code, int status)
    {
        await using var site = await EmoteSite.StartAsync();
        var owner = await site.ChatAsync("owner");
        if (kind == Damaged)
        {
            site.Processes.Encode = (_, _) => Task.FromResult(new ProcessOutcome(1, "", "Invalid data found when processing input"));
        }

        var refused = await Refusals.RefusedAsync(() => owner.AddEmoteAsync("wave2", FileOf(kind)));

        Assert.Equal((code, status), (refused.Code, refused.Status));
        Assert.NotEmpty(refused.Errors?["picture"] ?? []);
        Assert.Equal(kind == Damaged ? 1 : 0, site.Processes.Encodings.Count);
        await NothingIsKeptAsync(site);
    }

    [Fact]
    public async Task Programs_are_given_bounds_of_their_own()
    {
        await using var site = await EmoteSite.StartAsync();

        await (await site.ChatAsync("owner")).AddEmoteAsync("wave2", EmoteSite.Gif(3));

        var run = Assert.Single(site.Processes.Encodings);
        Assert.Equal(TimeSpan.FromSeconds(20), run.Timeout);
        Assert.Contains("-max_pixels 16777216 -protocol_whitelist file -f gif -i file:", string.Join(' ', run.Arguments), StringComparison.Ordinal);
        Assert.Equal(3, run.Arguments.Zip(run.Arguments.Skip(1)).Count(pair => pair == ("-frames:v", "250")));
    }

    [Fact]
    public async Task A_program_that_takes_too_long_or_has_no_room_leaves_nothing()
    {
        await using var site = await EmoteSite.StartAsync();
        var owner = await site.ChatAsync("owner");

        site.Processes.Encode = (_, _) => Task.FromResult(new ProcessOutcome(-1, "", "took too long and was stopped"));
        await Refusals.IsRefusedAsync("chat.emote_took_too_long", () => owner.AddEmoteAsync("wave2", EmoteSite.Gif(3)));
        site.Processes.Encode = (_, _) => Task.FromResult(new ProcessOutcome(1, "", "No space left on device"));
        await Refusals.IsRefusedAsync("chat.emote_disk_full", () => owner.AddEmoteAsync("wave2"));

        await NothingIsKeptAsync(site);
    }

    [Fact]
    public async Task Without_ffmpeg_or_its_webp_the_owner_hears_what_is_missing()
    {
        await using var site = await EmoteSite.StartAsync();
        var owner = await site.ChatAsync("owner");

        site.Processes.Encode = (_, _) => Task.FromResult(new ProcessOutcome(1, "", "Unknown encoder 'libwebp'"));
        await Refusals.IsRefusedAsync("chat.emote_ffmpeg_missing", () => owner.AddEmoteAsync("wave2"));
        site.Processes.AreMissing = true;
        var refused = await Refusals.RefusedAsync(() => owner.AddEmoteAsync("wave2"));

        Assert.Equal(("chat.emote_ffmpeg_missing", 503), (refused.Code, refused.Status));
        await NothingIsKeptAsync(site);
    }

    [Fact]
    public async Task An_ffmpeg_that_writes_only_still_webp_gives_the_first_picture()
    {
        await using var site = await EmoteSite.StartAsync();
        var paint = EmoteSite.Painter().Encode;
        site.Processes.Encode = (request, stop) => request.Arguments.Contains("libwebp_anim")
            ? Task.FromResult(new ProcessOutcome(1, "", "Unknown encoder 'libwebp_anim'"))
            : paint(request, stop);

        var added = await (await site.ChatAsync("owner")).AddEmoteAsync("wave2", EmoteSite.Gif(3));

        Assert.False(added.IsAnimated);
        Assert.Contains("libwebp", site.Processes.Encodings[^1].Arguments);
    }

    [Theory]
    [InlineData("creator")]
    [InlineData("editor")]
    [InlineData("viewer")]
    public async Task Emotes_are_for_those_who_moderate_the_site(string person)
    {
        await using var site = await EmoteSite.StartAsync();
        var chat = await site.ChatAsync(person);
        var added = await (await site.ChatAsync("administrator")).AddEmoteAsync("wave2");

        await Refusals.IsRefusedAsync("chat.emote_not_allowed", () => chat.AddEmoteAsync("mine"));
        await Refusals.IsRefusedAsync("chat.emote_not_allowed", () => chat.DeleteEmoteAsync(added.Id));

        Assert.Equal(["wave2"], (await chat.ListEmotesAsync()).Items.Select(emote => emote.Name));
    }

    [Fact]
    public async Task A_token_needs_its_scope_and_a_stranger_an_account()
    {
        await using var site = await EmoteSite.StartAsync();
        var narrow = await site.ChatAsync("owner", "chat:write");

        await Refusals.IsRefusedAsync("token.scope_missing", () => narrow.AddEmoteAsync("wave2"));
        await Refusals.IsRefusedAsync("account.sign_in_required", () => site.Stranger().Chat.AddEmoteAsync("wave2"));
        await Refusals.IsRefusedAsync("account.sign_in_required", () => site.Stranger().Chat.DeleteEmoteAsync(Guid.Empty));
        await Refusals.IsRefusedAsync("chat.emote_not_found", async () => await (await site.ChatAsync("owner")).DeleteEmoteAsync(Guid.Empty));

        await NothingIsKeptAsync(site);
    }

    [Theory]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=x", "not what it says")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nwave2")]
    public async Task What_is_no_form_is_refused_as_one(string type, string body)
    {
        await using var site = await EmoteSite.StartAsync();
        var http = await site.HttpAsync("owner");
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var answer = await http.PostAsync("/rest/v1/chat/emotes", content);

        await Refusals.IsAsync(answer, HttpStatusCode.BadRequest, "request.invalid");
        await NothingIsKeptAsync(site);
    }

    private static byte[] FileOf(string kind) => kind switch
    {
        "text" => "Hello"u8.ToArray(),
        "svg" => "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"u8.ToArray(),
        "playlist" => "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"u8.ToArray(),
        "film" => [0, 0, 0, 24, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8],
        "wide" => EmoteSite.Png(4097, 1),
        "high" => EmoteSite.Png(1, 60_000),
        "long" => EmoteSite.Gif(10_000),
        "large" => [.. EmoteSite.Png(), .. new byte[1_000_001]],
        "huge" => [.. EmoteSite.Png(), .. new byte[8_000_000]],
        "empty" => [],
        _ => EmoteSite.Png(),
    };

    private static async Task NothingIsKeptAsync(TestSite site)
    {
        Assert.Empty((await site.Stranger().Chat.ListEmotesAsync()).Items);
        Assert.Empty(site.EmoteFiles());
        Assert.DoesNotContain("chat_emote.added", await site.EventsAsync());
    }
}
