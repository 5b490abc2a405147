// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Devnet",
    products: [
        .library(name: "SessionDevnet", targets: ["SessionDevnet"])
    ],
    dependencies: [
        .package(path: "../Interfaces"),
        .package(path: "../Crypto"),
        .package(path: "../Storage"),
        .package(path: "../OnionPath"),
        .package(path: "../Swarm"),
        .package(path: "../NameService"),
        .package(path: "../Transport"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    ],
    targets: [
        .target(
            name: "SessionDevnet",
            dependencies: [
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "SessionStorage", package: "Storage"),
                .product(name: "SessionOnionPath", package: "OnionPath"),
                .product(name: "SessionSwarm", package: "Swarm"),
                .product(name: "SessionNameService", package: "NameService"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .testTarget(
            name: "SessionDevnetTests",
            dependencies: [
                "SessionDevnet",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "SessionCrypto", package: "Crypto"),
                .product(name: "SessionStorage", package: "Storage"),
                .product(name: "SessionOnionPath", package: "OnionPath"),
                .product(name: "SessionSwarm", package: "Swarm"),
                .product(name: "SessionTransport", package: "Transport"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
