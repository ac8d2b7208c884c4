# docker build -t kinopress . && docker run -p 8080:8080 -v kinopress:/data kinopress

FROM ubuntu:26.04 AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates dotnet-sdk-10.0
WORKDIR /source
COPY . .
RUN dotnet publish src/Kinopress.Server -c Release -o /app -nologo

FROM ubuntu:26.04
RUN apt-get update \
 && apt-get install -y --no-install-recommends aspnetcore-runtime-10.0 ffmpeg \
 && rm -rf /var/lib/apt/lists/* \
 && mkdir /data && chown 1000 /data
COPY --from=build /app /app
COPY LICENSE THIRD-PARTY-NOTICES.md /app/
ENV KINOPRESS_DATA=/data
USER 1000
WORKDIR /data
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/app/kinopress"]
