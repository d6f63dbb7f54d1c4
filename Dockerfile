# The programs on a CPU: docker build -t stylegan2-encoder .
#   docker run --rm -v "$PWD":/data stylegan2-encoder project_images /data/photos /data/results
#   docker run --rm -v "$PWD":/data --entrypoint /app/dataset_tool stylegan2-encoder info /data/dataset
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish StyleGan2.Encoder -c Release --use-current-runtime --self-contained false -p:RunAnalyzers=false -o /app

FROM mcr.microsoft.com/dotnet/runtime:10.0
COPY --from=build /app /app
WORKDIR /data
ENTRYPOINT ["/app/StyleGan2.Encoder"]
