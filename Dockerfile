# The reference host, one image for every role: docker build -t mailmarketing .
# Both stages take any image that has .NET 10, or an apt archive that has it.
ARG BUILD_IMAGE=ubuntu:26.04
ARG RUN_IMAGE=ubuntu:26.04

FROM ${BUILD_IMAGE} AS build
RUN command -v dotnet || (apt-get update && apt-get install -y --no-install-recommends dotnet-sdk-10.0 ca-certificates)
WORKDIR /source
COPY . .
RUN dotnet publish samples/ReferenceHost -c Release --nologo -o /app

FROM ${RUN_IMAGE}
RUN (command -v dotnet || (apt-get update && apt-get install -y --no-install-recommends aspnetcore-runtime-10.0 ca-certificates)) \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 5050 mailmarketing && useradd --uid 5050 --gid 5050 --no-create-home --shell /usr/sbin/nologin mailmarketing \
    && install -d -o mailmarketing -g mailmarketing -m 700 /data
COPY --from=build /app /app
COPY deploy/healthy.sh /usr/local/bin/healthy
USER mailmarketing
WORKDIR /app
ENV MailMarketing__DataDirectory=/data \
    DOTNET_EnableDiagnostics=0 \
    Logging__Console__FormatterName=json
VOLUME /data
ENTRYPOINT ["dotnet", "/app/ReferenceHost.dll"]
