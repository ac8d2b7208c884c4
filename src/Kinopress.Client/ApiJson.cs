using System.Text.Json;
using System.Text.Json.Serialization;

namespace Kinopress.Client;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(Site))]
[JsonSerializable(typeof(SiteEdit))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(ProfileEdit))]
[JsonSerializable(typeof(Channel))]
[JsonSerializable(typeof(ChannelEdit))]
[JsonSerializable(typeof(Registration))]
[JsonSerializable(typeof(PasswordChange))]
[JsonSerializable(typeof(AccessToken))]
[JsonSerializable(typeof(AccessTokenList))]
[JsonSerializable(typeof(NewAccessToken))]
[JsonSerializable(typeof(Video))]
[JsonSerializable(typeof(VideoPage))]
[JsonSerializable(typeof(VideoEdit))]
[JsonSerializable(typeof(Publication))]
[JsonSerializable(typeof(Trim))]
[JsonSerializable(typeof(Live))]
[JsonSerializable(typeof(LivePage))]
[JsonSerializable(typeof(LiveEdit))]
[JsonSerializable(typeof(LiveIngest))]
[JsonSerializable(typeof(LiveMarker))]
[JsonSerializable(typeof(NewLiveMarker))]
[JsonSerializable(typeof(LiveSessionPage))]
[JsonSerializable(typeof(JobList))]
[JsonSerializable(typeof(UploadList))]
internal sealed partial class ApiJson : JsonSerializerContext;
