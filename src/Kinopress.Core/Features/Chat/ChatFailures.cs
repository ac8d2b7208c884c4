using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>Refusals about chat.</summary>
public static class ChatFailures
{
    public static Failure SignInRequired { get; } = new(FailureKind.Unauthenticated, "chat.sign_in_required", "Sign in to write in the chat.");

    public static Failure Closed { get; } = new(FailureKind.Conflict, "chat.closed", "This chat is closed.");

    public static Failure Paused { get; } = new(FailureKind.Conflict, "chat.paused", "The chat is paused. Moderators can open it again.");

    public static Failure Banned { get; } = new(FailureKind.Forbidden, "chat.banned", "You may not write in this channel's chat any more.");

    public static Failure Empty { get; } = new(FailureKind.Invalid, "chat.empty", "Write something first.");

    public static Failure TooLong { get; } = new(FailureKind.Invalid, "chat.too_long", $"Use at most {ChatMessage.MaxLength} characters.");

    public static Failure Duplicate { get; } = new(FailureKind.Conflict, "chat.duplicate", "You have just said that. Say something else.");

    public static Failure NotUnique { get; } = new(FailureKind.Conflict, "chat.not_unique", "Somebody has just said that. Here everybody says something new.");

    public static Failure LinkNotAllowed { get; } = new(FailureKind.Forbidden, "chat.link_not_allowed", "Links are not allowed in this chat.");

    public static Failure BlockedWord { get; } = new(FailureKind.Forbidden, "chat.blocked_word", "Your message has words that are not allowed in this chat.");

    public static Failure Busy { get; } = new(FailureKind.Unavailable, "chat.busy", "The chat is very busy. Try again in a moment.") { RetryAfter = TimeSpan.FromSeconds(2) };

    public static Failure Full { get; } = new(FailureKind.Unavailable, "chat.full", "This site cannot take more people into its chats at the moment.") { RetryAfter = TimeSpan.FromMinutes(1) };

    public static Failure MessageNotFound { get; } = new(FailureKind.NotFound, "chat.message_not_found", "This message does not exist, or is deleted.");

    public static Failure NotHeld { get; } = new(FailureKind.Conflict, "chat.not_held", "Somebody has decided about this message already.");

    public static Failure RestrictionNotFound { get; } = new(FailureKind.NotFound, "chat.ban_not_found", "This person may write in the chat.");

    public static Failure MayNotBeRestricted { get; } = new(
        FailureKind.Conflict, "chat.may_not_be_banned", "The owner of the channel and moderators cannot be kept out of the chat.");

    public static Failure ReactionUnknown { get; } = new(FailureKind.Invalid, "chat.reaction_unknown", "Choose one of the reactions this chat offers.");

    public static Failure EditedElsewhere { get; } = new(FailureKind.Conflict, "chat.edited_elsewhere", "Somebody else changed this at the same moment. Look again.");

    public static Failure EmoteNotAllowed { get; } = new(
        FailureKind.Forbidden, "chat.emote_not_allowed", "Emotes are for those who moderate the whole site. Ask the people who run it.");

    public static Failure EmoteNotFound { get; } = new(FailureKind.NotFound, "chat.emote_not_found", "This emote does not exist, or is deleted.");

    public static Failure EmoteNameTaken { get; } = OfEmote(
        FailureKind.Conflict, "chat.emote_name_taken", "name", "There is an emote of this name already. Choose another.");

    public static Failure TooManyEmotes { get; } = new(
        FailureKind.Conflict, "chat.emote_too_many", $"A site has at most {ChatEmote.MaxCount} emotes. Delete one first.");

    public static Failure EmoteTooLarge { get; } = OfEmote(
        FailureKind.TooLarge, "chat.emote_too_large", "picture", $"Use a file of at most {ChatEmote.MaxFileSizeInBytes / 1_000_000} MB.");

    public static Failure EmoteNotAPicture { get; } = OfEmote(
        FailureKind.Unprocessable, "chat.emote_not_a_picture", "picture", "This file is not a picture we can read. Use PNG, WebP, GIF, JPEG or AVIF.");

    public static Failure EmoteTooManyPixels { get; } = OfEmote(
        FailureKind.Unprocessable, "chat.emote_too_many_pixels", "picture", $"Use a picture of at most {ChatEmote.MaxSide} pixels a side.");

    public static Failure EmoteTooManyFrames { get; } = OfEmote(
        FailureKind.Unprocessable,
        "chat.emote_too_many_frames",
        "picture",
        $"This animation is too much: use one of at most {ChatEmote.MaxFrames} pictures, smaller ones if there are many.");

    public static Failure EmoteTookTooLong { get; } = OfEmote(
        FailureKind.Unprocessable, "chat.emote_took_too_long", "picture", "This picture took too long to prepare. Use a smaller or shorter one.");

    public static Failure EmoteFfmpegMissing { get; } = new(
        FailureKind.Unavailable, "chat.emote_ffmpeg_missing", "The server lacks ffmpeg with WebP, which makes the pictures. Install it and try again.");

    public static Failure EmoteDiskFull { get; } = new(
        FailureKind.InsufficientStorage, "chat.emote_disk_full", "The server has no room left for the picture. Make room and try again.");

    public static Failure TimedOut(TimeSpan remaining) => new(
        FailureKind.Forbidden, "chat.timed_out", "A moderator asked you to pause. You may write again later.") { RetryAfter = remaining };

    public static Failure TooFast(TimeSpan remaining) => new(
        FailureKind.TooMany, "chat.too_fast", "You are writing very fast. Wait a moment.") { RetryAfter = remaining };

    public static Failure SlowMode(TimeSpan remaining) => new(
        FailureKind.TooMany, "chat.slow_mode", "This chat is in slow mode. Wait before your next message.") { RetryAfter = remaining };

    public static Failure AccountTooNew(TimeSpan remaining) => new(
        FailureKind.Forbidden, "chat.account_too_new", "Your account is too new to write in this chat.") { RetryAfter = remaining };

    public static Failure Invalid(IReadOnlyDictionary<string, string> fields) => new(
        FailureKind.Invalid, "chat.invalid", "Some fields need another look.") { Fields = fields };

    public static Failure EmoteInvalid(IReadOnlyDictionary<string, string> fields) => new(
        FailureKind.Invalid, "chat.emote_invalid", "Some fields need another look.") { Fields = fields };

    // The one field it is about says the same.
    private static Failure OfEmote(FailureKind kind, string code, string field, string message) => new(kind, code, message)
    {
        Fields = new Dictionary<string, string>(StringComparer.Ordinal) { [field] = message },
    };
}
