"""Files, disks, clocks and keyrings that tests make for themselves."""
