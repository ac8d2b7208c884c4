using Kinopress.Core.Foundation;

namespace Kinopress.Core.Features.Chat;

/// <summary>Sends a heart or the like. It is counted with those of the same second and kept nowhere.</summary>
public sealed class SendChatReaction(ChatRooms rooms, ChatReactionPaces paces, TimeProvider clock)
{
    /// <returns><c>chat.reaction_unknown</c>, <c>chat.sign_in_required</c>, <c>chat.too_fast</c>, <c>chat.closed</c>, <c>chat.banned</c>, <c>chat.timed_out</c>, <c>chat.busy</c>, <c>live.not_found</c>.</returns>
    public async Task<Result<Done>> RunAsync(string publicId, string? reaction, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.UserId is { } userId && paces.Of(userId).Take(clock.GetUtcNow()) is { } wait)
        {
            return ChatFailures.TooFast(wait);
        }

        if ((await rooms.EnterAsync(publicId, caller, cancellationToken)).Failed(out var failure, out var stay))
        {
            return failure;
        }

        using (stay)
        {
            var author = await rooms.FindAuthorAsync(stay.Room, caller, cancellationToken);
            var now = clock.GetUtcNow();
            if (reaction is null || !BuiltInEmotes.Reactions.Contains(reaction))
            {
                return ChatFailures.ReactionUnknown;
            }

            // Whoever may not speak may not wave either; a reaction has no words for the other rules to look at.
            if (ChatPolicy.Decide(reaction, author, ChatRules.Default, ChatPast.Nothing, stay.Room.Facts.IsOpen(now), now).Failed(out failure))
            {
                return failure;
            }

            return stay.Room.TryReact(reaction) ? Done.Value : ChatFailures.Busy;
        }
    }
}
