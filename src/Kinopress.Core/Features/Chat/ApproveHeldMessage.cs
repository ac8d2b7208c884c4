using Kinopress.Core.Data;
using Kinopress.Core.Features.Accounts;
using Kinopress.Core.Foundation;
using Microsoft.EntityFrameworkCore;

namespace Kinopress.Core.Features.Chat;

/// <summary>Shows a held message to everybody, at the place where it was sent.</summary>
public sealed class ApproveHeldMessage(KinopressDbContext db, ChatRooms rooms, TimeProvider clock)
{
    /// <returns><c>chat.message_not_found</c> also when the chat is not the caller's to moderate; <c>chat.not_held</c>.</returns>
    public async Task<Result<ChatMessageView>> RunAsync(string publicId, Id<ChatMessage> id, Caller caller, CancellationToken cancellationToken)
    {
        if ((await HeldMessages.DecideAsync(db, rooms, publicId, id, caller, message => message.Approve(new Id<User>(caller.UserId ?? Guid.Empty), clock.GetUtcNow()), cancellationToken)).Failed(out var failure, out var view))
        {
            return failure;
        }

        await rooms.AnnounceAsync(publicId, new ChatHeldSettled(id.Value), CancellationToken.None);
        await rooms.AnnounceAsync(publicId, new ChatMessageSent(view), CancellationToken.None);
        return view;
    }
}
