// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "Crypto",
    products: [
        .library(name: "SessionCrypto", targets: ["SessionCrypto"])
    ],
    dependencies: [
        .package(path: "../Interfaces"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CSodium",
            pkgConfig: "libsodium",
            providers: [.apt(["libsodium-dev"])]
        ),
        .target(
            name: "SessionCrypto",
            dependencies: [
                "CSodium",
                .product(name: "SessionInterfaces", package: "Interfaces"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
        .testTarget(
            name: "SessionCryptoTests",
            dependencies: [
                "SessionCrypto",
                .product(name: "SessionInterfaces", package: "Interfaces"),
            ],
            swiftSettings: [.treatAllWarnings(as: .error)]
        ),
    ]
)
