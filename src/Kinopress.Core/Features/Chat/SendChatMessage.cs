using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>
/// Says something in the room of a live. What it costs to refuse is bounded: who writes too fast is told so before anything
/// else is looked at. The room decides, tells everybody, and keeps the message a moment later.
/// </summary>
public sealed class SendChatMessage(ChatRooms rooms, TimeProvider clock)
{
    /// <param name="sessionStamp">Of a session that has been open for a while; null when the caller was checked just now.</param>
    /// <returns>Why not, by one of the codes of <see cref="ChatPolicy"/>; <c>chat.too_fast</c>, <c>chat.busy</c>, <c>live.not_found</c>.</returns>
    public async Task<Result<SentChatMessage>> RunAsync(string publicId, ChatDraft draft, string? sessionStamp, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is { } userId && rooms.PaceOf(userId).Take(clock.GetUtcNow()) is { } wait)
        {
            return ChatFailures.TooFast(wait);
        }

        if ((await rooms.EnterAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var stay))
        {
            return failure;
        }

        using (stay)
        {
            return await rooms.FindAuthorAsync(stay.Room, caller, cancellationToken) is { } author && (sessionStamp is null || sessionStamp == author.SessionStamp)
                ? await stay.Room.OfferAsync(draft, author)
                : ChatFailures.SignInRequired;
        }
    }
}
